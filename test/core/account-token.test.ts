// The local host's claims name the operator of a machine: they are good there, and no token's anywhere else.
import { expect, test } from "vitest";
import { thisMachine } from "../../functions/core/account/issuer.ts";
import { tokenFault } from "../../functions/core/account/token.ts";

const local = { iss: thisMachine, sub: "operator" };
const deployed = {
  issuer: "https://login.example.com/",
  clientId: "muster",
  audience: "muster",
  bearer: "id_token",
} as const;

test("claims of this machine are good on it, and refused by a deployment whatever stands before it", () => {
  expect(tokenFault(local, undefined)).toBeUndefined();
  expect(tokenFault(local, deployed)).toBe("other-issuer");
});
