// The account that the simulator keeps for a hub without one of its own. Nothing here is a secret: it opens only phones
// that do not exist. The number is reserved for fiction.

export interface SimulatedAccount {
  readonly accountSid: string;
  readonly authToken: string;
  readonly from: string;
  readonly messagingServiceSid?: string;
}

export const simulatedAccount = {
  accountSid: "AC00000000000000000000000000000001",
  authToken: "simulated-token-of-phones-that-do-not-exist",
  from: "+12025550199",
} as const satisfies SimulatedAccount;
