// What counts from outside this machine: never a credential that is printed in this source, as those of the simulators are.
import type { Proof } from "../../functions/subscriptions.ts";
import type { ChatSettings } from "./chat-bot.ts";
import type { Outside } from "./reach.ts";
import type { TwilioSettings } from "./settings.ts";
import { simulatedAccount } from "./simulator/twilio/account.ts";

interface Settings {
  readonly publicUrl?: string | undefined;
  readonly twilio: Pick<TwilioSettings, "authToken">;
  readonly chat?: Pick<ChatSettings, "mode" | "unsigned"> | undefined;
}

export function outsideOf({ publicUrl, twilio, chat }: Settings): Outside {
  const proofs = new Set<Proof>(["key", "link"]);
  if (twilio.authToken !== simulatedAccount.authToken) proofs.add("signature");
  if (chat?.mode === "real" && chat.unsigned !== true) proofs.add("token");
  return { publicUrl: publicUrl === undefined ? undefined : new URL(publicUrl), proofs };
}
