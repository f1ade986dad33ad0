// What the simulated second carrier brings to the hub on one machine: in the cloud a bus and a topic fill these two queues.
import type { SQSBatchResponse } from "aws-lambda";
import type { Invoke, LocalFunction } from "./functions.ts";
import type { SecondCarrierSettings } from "./simulator/second-carrier/carrier.ts";

type Ways = Pick<SecondCarrierSettings, "report" | "inbound">;

/** As often as a queue of the cloud would bring it. */
const tries = 5;

/** Asked when something comes: the hub may not be there before. */
export function waysInto(invoke: () => Readonly<Record<LocalFunction, Invoke>>): Ways {
  let brought = 0;
  const bring = async (name: LocalFunction, what: unknown): Promise<void> => {
    const messageId = `carrier-${++brought}`;
    const event = { Records: [{ messageId, body: JSON.stringify(what) }] };
    for (let n = 0; n < tries; n++) {
      const { batchItemFailures } = (await invoke()[name](event)) as SQSBatchResponse;
      if (batchItemFailures.length === 0) return;
    }
    // The function has said in its log why it can't take it; here it is put aside by being forgotten.
  };
  return {
    report: (event) => bring("receive-carrier-report", event),
    inbound: (text) => bring("receive-text", text),
  };
}
