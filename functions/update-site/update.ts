// One update: what is to be done next in the chat, step by step, and after each what came of it. Whoever repeats it after a
// crash goes on where it was recorded last.
import type { StreamId } from "../core/aggregate.ts";
import { byHub } from "../core/command.ts";
import { incident as aggregate } from "../core/incident/aggregate.ts";
import { isDeclared } from "../core/incident/state.ts";
import type { PostEvent, PostOrder, Spot } from "../core/post/facts.ts";
import { type Look, nextStep, type Step } from "../core/post/next-step.ts";
import { incidentOfPost, type Post } from "../core/post/state.ts";
import { seconds } from "../core/time.ts";
import type { Tools } from "../lambda.ts";
import { replay } from "../stream-now.ts";
import { carryingOut } from "./carry-out.ts";
import type { House, Shown } from "./house.ts";

/** Longer than the function may run, and shorter than the update is waited for. */
const leaseFor = seconds(35);
/** No step begins any more after this: an answer may take 13 s with what the chat asks us to wait, and the function 30. */
const patience = seconds(8);
/** More than an update has; whatever goes round in circles ends here. */
const mostSteps = 12;

export function updates(house: House): (stream: StreamId, tools: Tools) => Promise<void> {
  const { clock, journal, leases, posts } = house;

  const shownNow = async (stream: StreamId): Promise<Shown> => {
    const loaded = await journal.load(stream, aggregate.schema);
    const incident = replay(aggregate, loaded);
    return { stream, incident, version: loaded.version, sensitive: incident.declaration?.sensitive === true };
  };

  /** Undefined where this hub has no chat any more: nothing can be done, and nothing is left to do. */
  const steps = async (shown: Shown) => {
    const [plan, bot] = [await house.directory.chat(), house.chat.bot()];
    if (plan === undefined || bot === undefined) return undefined;
    const ownChannels = plan.ownChannels && plan.team !== undefined;
    return { ownChannels, carryOut: await carryingOut(house, shown, { plan, bot }) };
  };

  return async (stream, tools) => {
    const { state, epoch } = await posts.load(stream);
    if (state.stage.name !== "under-way") return;
    const { update } = state.stage;
    const begun = clock.now();
    const name = `${stream}.${update}`;
    // Whoever has it may be gone: then the clock asks for another update.
    const lease = await leases.begin(name, stream, epoch, begun, begun + leaseFor);
    if (lease.outcome !== "begun" && lease.outcome !== "lapsed") return;

    const order = async (what: PostOrder, about: string): Promise<Post> => {
      const envelope = byHub("update-site", `${name} ${about}`, clock.now(), false, name);
      const given = await posts.dispatch(stream, { ...envelope, ...what });
      if (given.outcome === "yielded") throw new Error(`${stream}: its place in the chat is ${given.to}'s`);
      if (given.outcome === "done") tellOperator(given.events, tools);
      return given.current.state;
    };

    const shown = await shownNow(incidentOfPost(stream));
    const possible = await steps(shown);
    let post = state;
    const changed: Spot[] = [];
    let told = false;
    const next = (): Step | undefined =>
      possible && nextStep(post, lookAt(shown, possible.ownChannels, { now: clock.now(), changed, told }));

    let step = next();
    for (let n = 0; step !== undefined && n < mostSteps && clock.now() - begun < patience; n++) {
      const done = await possible?.carryOut(step, post);
      if (done === undefined && step.step === "change") changed.push(step.spot);
      if (done?.what === "told") told = true;
      if (done !== undefined) post = await order({ type: "Record", ...done }, `${n} ${done.what}`);
      step = next();
    }
    const more = step !== undefined || (told && post.told < shown.version);
    await order({ type: "Finish", update, version: shown.version, changed, more }, "finish");
    await leases.finish(name);
  };
}

const lookAt = (
  { incident, version, sensitive }: Shown,
  ownChannels: boolean,
  soFar: Pick<Look, "now" | "changed" | "told">,
): Look => ({ version, sensitive, ownChannels, declared: isDeclared(incident.phase), ...soFar });

/** Whoever has to mend something is told once, by whoever found it out. */
function tellOperator(events: readonly PostEvent[], tools: Tools): void {
  for (const event of events) {
    if (!("reason" in event)) continue;
    const { type, reason } = event;
    tools.log.warn("the chat did not take it", { type, reason });
    if ("operator" in event && event.operator) tools.count("OperatorAlarm");
  }
}
