// The same nights in the cloud's twin.
import { describe, inject, vi } from "vitest";
import { aCloudWorld } from "../support/cloud.ts";
import { dynamodbLocal, withoutJava } from "../support/dynamodb-local.ts";
import { recorder } from "../support/record-aws.ts";
import { nights } from "./nights.ts";

// Java is slow to warm up, and a loaded machine slower.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe.skipIf(withoutJava !== undefined)(`in the cloud ${withoutJava ?? ""}`.trim(), () => {
  const recorded = recorder();
  nights(async () =>
    aCloudWorld({ endpoint: await dynamodbLocal(inject("runDirectory")), recorder: recorded }),
  );
});
