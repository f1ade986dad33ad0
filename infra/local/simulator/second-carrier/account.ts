// The account that the simulator keeps for a hub without one of its own. Nothing here is a secret: it opens only phones that
// do not exist. The number is reserved for fiction.

export const secondAccount = {
  number: "+12025550198",
  region: "eu-west-1",
  account: "000000000000",
  credentials: {
    accessKeyId: "AKIA0000000000000000",
    secretAccessKey: "simulated-key-of-phones-that-do-not-exist",
  },
} as const;
