// Tells people where to meet: the number and the PIN, by text; whoever is still absent later is rung.
import type { Draft } from "../draft.ts";
import type { NoticeKind } from "../events.ts";
import { tellWherever } from "../notices/tell.ts";

export function invite(draft: Draft, kind: NoticeKind, people: readonly string[]): void {
  // What is dialled is wanted on a phone, whatever the page came by; and the chat may be what is gone.
  tellWherever(draft, people, { kind }, "sms");
}
