// The client's settings: a paging function must not hang on a stalled socket for longer than its caller waits.
import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

const connectionTimeout = 2000;
const requestTimeout = 3000;
const maxAttempts = 3;
/** Above the most writes that one call of the store keeps in the air (see parallel.ts). */
const maxSockets = 64;

/** Without settings it takes endpoint, region and credentials from where every AWS client does. */
export const dynamoClient = (settings: DynamoDBClientConfig = {}): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({
      maxAttempts,
      // throwOnRequestTimeout: by default the handler would only warn of a late answer and wait on.
      requestHandler: {
        connectionTimeout,
        requestTimeout,
        throwOnRequestTimeout: true,
        httpAgent: { keepAlive: true, maxSockets },
        httpsAgent: { keepAlive: true, maxSockets },
      },
      ...settings,
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  );
