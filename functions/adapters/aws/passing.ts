// Tells AWS's bad moments from our own mistakes: the first pass, the second only somebody can mend.

/** No answer, a throttle, or the service's own fault: the same call may succeed a moment later. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { $metadata, $retryable } = error as {
    readonly $metadata?: { readonly httpStatusCode?: number };
    readonly $retryable?: unknown;
  };
  // The SDK marks whatever went wrong on its way with $metadata, a connection that failed as well, only without a status.
  if ($metadata === undefined) return false;
  const status = $metadata.httpStatusCode;
  return status === undefined || status === 429 || status >= 500 || $retryable !== undefined;
}
