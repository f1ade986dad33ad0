// PINs and rooms of phone bridges, derived from the hub's key: whoever has the key can show a PIN again, and whoever has
// the store alone can't.
import { commandRoles } from "../../core/roles.ts";
import type { DialIn } from "../../ports.ts";
import { type HubKey, macOf } from "./hub-key.ts";

const pinDigits = 6;
/** Signs of a name in hex: nobody guesses a room or a claim. */
const nameLength = 24;

export function derivedDialIn(hubKey: () => Promise<HubKey>, number: string | undefined): DialIn {
  const mac = async (purpose: string, about: string) =>
    macOf((await hubKey()).key, `muster bridge ${purpose} 1`, Buffer.from(about));
  const name = async (purpose: string, about: string) =>
    (await mac(purpose, about)).toString("hex").slice(0, nameLength);
  // 48 bits over a million: no PIN is likelier than another by more than one in 10⁸.
  const digits = async (about: string) =>
    String((await mac("pin", about)).readUIntBE(0, 6) % 10 ** pinDigits).padStart(pinDigits, "0");
  const rolePin: DialIn["rolePin"] = (role) => digits(`emergency ${role}`);
  return {
    number: () => number,
    pin: (incident, round) => digits(`${incident} ${round}`),
    claimOf: async (pin) => `pin/${await name("claim", pin)}`,
    roomOf: (pin) => name("room", pin),
    rolePin,
    callerDigest: (number) => name("caller", number),
    waitingRoomOf: (call) => name("waiting room", call),
    async emergency(pin) {
      for (const role of commandRoles)
        if ((await rolePin(role)) === pin) return { role, room: await name("room", "emergency") };
      return undefined;
    },
  };
}
