// How long a function waits for AWS before it looks for another way: the SDK's own defaults can hold a page for minutes.

/** For every client that is called while somebody waits: at most three tries, none longer than three seconds. */
export const patience = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
} as const;
