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

export interface Conversation {
  messages: Message[];
}
