// PINs and rooms of phone bridges, derived from the hub's key: whoever has the key can show a PIN again, and whoever has
// the store alone can't.
import { createHmac } from "node:crypto";
import { commandRoles } from "../../core/roles.ts";
import type { DialIn } from "../../ports.ts";

const pinDigits = 6;
/** Of a name in base32 or hex: nobody guesses a room or a claim. */
const nameLength = 24;

export function derivedDialIn(key: () => Promise<string>, number: string | undefined): DialIn {
  const digest = async (purpose: string, about: string) =>
    createHmac("sha256", await key()).update(`${purpose}\n${about}`);
  const name = async (purpose: string, about: string) =>
    (await digest(purpose, about)).digest("hex").slice(0, nameLength);
  // 48 bits over a million: no PIN is likelier than another by more than one in 10⁸.
  const digits = async (about: string) =>
    String((await digest("pin", about)).digest().readUIntBE(0, 6) % 10 ** pinDigits).padStart(pinDigits, "0");
  const rolePin: DialIn["rolePin"] = (role) => digits(`emergency ${role}`);
  return {
    number: () => number,
    pin: (incident, round) => digits(`${incident} ${round}`),
    claimOf: async (pin) => `pin/${await name("claim", pin)}`,
    roomOf: (pin) => name("room", pin),
    rolePin,
    async emergency(pin) {
      for (const role of commandRoles)
        if ((await rolePin(role)) === pin) return { role, room: await name("room", "emergency") };
      return undefined;
    },
  };
}
