// How many functions the account may run at once: what a storm or a long call takes is missing for the next page.
import { GetAccountSettingsCommand } from "@aws-sdk/client-lambda";
import type { Settings } from "../settings.ts";
import type { Aws } from "./aws.ts";
import { type Check, fault } from "./check.ts";

/**
 * New accounts may begin with 10, which is too few to page: the functions that read queues, the stream and the clock can fill
 * them, and then an alert, a reply or a call is refused. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const leastConcurrency = 100;

export const concurrencyCheck = ({ region }: Settings, { lambda }: Aws): Check => ({
  title: "Lambda concurrency",
  needs: ["region"],
  async run() {
    const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand());
    const limit = AccountLimit?.ConcurrentExecutions ?? 0;
    if (limit >= leastConcurrency) return [];
    return [
      fault(
        "account",
        `may run ${limit} functions at once, and Muster needs ${leastConcurrency}`,
        `ask for 1000, which may take days: aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000 --region ${region}`,
      ),
    ];
  },
});
