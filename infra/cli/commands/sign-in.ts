// Says that whoever holds the token has arrived.
import { order } from "../order.ts";

export const signIn = order("sign-in", "say that you are here and work on it", "signed in", {
  details: ["If you were paged for it and have not answered, that is a yes."],
});
