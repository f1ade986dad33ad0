// What every store promises, port by port. Whatever passes may stand behind the dispatcher.
import { alertsContract } from "./alerts.contract.ts";
import { claimsContract } from "./claims.contract.ts";
import { configItemsContract } from "./config-items.contract.ts";
import { deadLettersContract } from "./dead-letters.contract.ts";
import { feedContract } from "./feed.contract.ts";
import { handOnContract } from "./hand-on.contract.ts";
import { historyContract } from "./history.contract.ts";
import { journalContract } from "./journal.contract.ts";
import { leasesContract } from "./leases.contract.ts";
import { listsContract } from "./lists.contract.ts";
import { membersContract } from "./members.contract.ts";
import { stashContract } from "./stash.contract.ts";
import type { OpenStore } from "./subject.ts";

export function storeContract(open: OpenStore): void {
  journalContract(open);
  historyContract(open);
  claimsContract(open);
  listsContract(open);
  alertsContract(open);
  stashContract(open);
  handOnContract(open);
  membersContract(open);
  leasesContract(open);
  configItemsContract(open);
  deadLettersContract(open);
  feedContract(open);
}
