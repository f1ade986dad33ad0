// A card as a bot posts it, small and with each kind of button.

export const adaptive = "application/vnd.microsoft.card.adaptive";

export const aCard = (text: string, actions: readonly object[] = usualActions) => ({
  type: "AdaptiveCard",
  version: "1.5",
  body: [{ type: "TextBlock", text, wrap: true }],
  actions,
});

const usualActions = [
  {
    type: "Action.Execute",
    title: "Acknowledge",
    verb: "acknowledge",
    id: "ack",
    data: { page: "p1" },
    fallback: { type: "Action.Submit", title: "Acknowledge", data: { verb: "acknowledge", page: "p1" } },
  },
  {
    type: "Action.ShowCard",
    title: "Later",
    card: {
      type: "AdaptiveCard",
      body: [{ type: "Input.Number", id: "minutes", label: "Minutes" }],
      actions: [{ type: "Action.Execute", title: "Remind me", verb: "later", data: { page: "p1" } }],
    },
  },
  { type: "Action.Submit", title: "Decline", data: { verb: "decline" } },
  { type: "Action.OpenUrl", title: "Dashboard", url: "https://dashboard.example/" },
];

export const cardMessage = (card: object, summary = "A card") => ({
  type: "message",
  summary,
  attachments: [{ contentType: adaptive, content: card }],
});

export const aMessage = (text: string) => ({ type: "message", text });

export const teamsPeople = [
  { name: "Ada Okafor", email: "ada@brightwater.example", methods: [] },
  { name: "Linus Ekdahl", email: "linus@brightwater.example", methods: [] },
  { name: "Joan Whitfield", email: "joan@brightwater.example", methods: [] },
] as const;
export const [ada, linus, joan] = ["ada", "linus", "joan"].map((name) => `${name}@brightwater.example`) as [
  string,
  string,
  string,
];
