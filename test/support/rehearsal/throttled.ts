// The account may run no more functions at once.
export class Throttled extends Error {
  override readonly name = "TooManyRequestsException";
}
