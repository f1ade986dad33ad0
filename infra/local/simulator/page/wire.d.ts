// What the simulator tells its page.

export interface Phone {
  number: string;
  name: string;
}

export interface Message {
  at: string;
  direction: "outbound" | "inbound";
  from: string;
  body: string;
  sid: string;
  status: string;
}

export interface Call {
  sid: string;
  at: string;
  status: string;
  direction: "outbound" | "inbound";
  from: string;
  transcript: { at: string; who: "voice" | "key" | "note"; text: string }[];
  listening: boolean;
  keyless?: true;
  answeredAt?: string;
  endedAt?: string;
  conference?: { name: string; people: { number: string; muted: boolean }[] };
}

export interface Conversation {
  messages: Message[];
  calls: Call[];
}
