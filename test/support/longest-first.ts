// The order of the files: those that take longest begin first, so that no worker is left alone with one at the end.
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Longest first; whatever is not here is short. A name that is wrong costs time and nothing else. */
const longest = [
  "journeys/a-night.cloud",
  "crash",
  "pages/command-post",
  "pages/bridge",
  "pages/teams-tab",
  "pages/teams-nights",
  "infra/bundles",
  "infra/app",
  "pages/calls",
  "pages/cards",
  "update-cards/crowd",
  "wording/cards/hostile",
  "hostile/quotations",
  "contracts/dynamodb",
  "pages/answer-link",
  "pages/teams-origins",
  "journeys/storm.cloud",
  "journeys/outages.local",
  "journeys/chat.local",
  "journeys/failover-nights.local",
  "pages/phones",
  "answer-line/scripts",
  "adapters/dynamodb/crash",
  "adapters/twilio/twiml",
  "real-parts/prometheus",
  "real-parts/alertmanager",
  "adapters/dynamodb/patience",
].map((name) => `/test/${name}.test.ts`);

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => place(a) - place(b));
  }
}

function place({ moduleId }: TestSpecification): number {
  const found = longest.findIndex((name) => moduleId.endsWith(name));
  return found === -1 ? longest.length : found;
}
