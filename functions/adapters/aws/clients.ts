// How long a function waits for AWS before it looks for another way: the SDK's own defaults can hold a page for minutes.

/** For every client that is called while somebody waits: at most three tries, none longer than three seconds. */
export const patience = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
} as const;

/**
 * For secrets that a carrier waits for: at most two tries of a second and a half, so that there is time left to ask the
 * other carrier, who needs none.
 */
export const patienceForSecrets = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 1500, throwOnRequestTimeout: true },
} as const;

/**
 * For what must not go out twice unnoticed: the SDK would try again after a doubtful end, and nobody would know. Rarely
 * used, so that each call has a connection of its own: one that lay idle may break just as we write.
 */
export const onceOnly = {
  maxAttempts: 1,
  requestHandler: {
    connectionTimeout: 1000,
    requestTimeout: 5000,
    socketTimeout: 0,
    throwOnRequestTimeout: true,
    httpAgent: { keepAlive: false, maxSockets: Number.POSITIVE_INFINITY },
    httpsAgent: { keepAlive: false, maxSockets: Number.POSITIVE_INFINITY },
  },
} as const;
