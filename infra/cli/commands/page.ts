// Asks for somebody more: a person, or whoever answers for a service.
import { order, textsOf } from "../order.ts";

export const page = order("page", "page somebody more: a person, or whoever answers for a service", "paged", {
  options: {
    person: { type: "string", value: "PERSON", help: "the id of a person" },
    service: { type: "string", value: "SERVICE", help: "the id of a service: whoever is on call for it" },
  },
  details: [
    "One of the two. Whoever does not answer within the time given is made up for by the last resort.",
  ],
  fields(values) {
    const said = textsOf(values, ["person", "service"]);
    return Object.keys(said).length === 1
      ? { said }
      : { wrong: "page: say either --person or --service; muster page --help says more" };
  },
});
