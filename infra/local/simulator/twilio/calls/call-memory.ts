// The calls that the simulated provider remembers: bounded, newest kept; a call that goes on is never forgotten.
import { type Call, isLive, phoneOf } from "./call.ts";

const overall = 2_000;
const perPhone = 50;

export function callMemory() {
  const bySid = new Map<string, Call>();

  function forget(surplus: number, among: readonly Call[]): void {
    for (const call of among.filter((each) => !isLive(each)).slice(0, Math.max(surplus, 0)))
      bySid.delete(call.sid);
  }

  const of = (phone: string): readonly Call[] =>
    [...bySid.values()].filter((call) => phoneOf(call) === phone);

  return {
    keep(call: Call): void {
      bySid.set(call.sid, call);
      const here = of(phoneOf(call));
      forget(here.length - perPhone, here);
      if (bySid.size > overall) forget(bySid.size - overall, [...bySid.values()]);
    },
    call(sid: string): Call | undefined {
      const found = bySid.get(sid);
      return found?.forgotten ? undefined : found;
    },
    /** Newest first. */
    calls: (): readonly Call[] =>
      [...bySid.values()].filter(({ foreign, forgotten }) => foreign !== true && !forgotten).reverse(),
    /** Oldest first. */
    of,
    numbers: (): readonly string[] => [...new Set([...bySid.values()].map(phoneOf))],
  };
}
