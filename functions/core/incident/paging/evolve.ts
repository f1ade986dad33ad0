// Requests, pages and deliveries, from the facts.
import type { Instant } from "../../time.ts";
import type { IncidentEvent } from "../events.ts";
import type { Page, PageDelivery, PageRequest, PageState, Paging, RequestState } from "../state.ts";
import { ownerOf } from "./look-up.ts";
import { asksForReply, codeLife } from "./names.ts";
import { isPending } from "./progress.ts";

/** After these a delivery that was wanted before may not be any more. */
const endsPaging = new Set<IncidentEvent["type"]>([
  "PageAcknowledged",
  "PageDeclined",
  "PageEscalated",
  "PageExpired",
  "PageCancelled",
  "RequestTaken",
  "RequestPaused",
]);

export function evolvePaging(paging: Paging, event: IncidentEvent): Paging {
  const next = evolveRequests(evolvePages(paging, event), event);
  return endsPaging.has(event.type) || dropsWanted(paging, event)
    ? { ...next, epoch: paging.epoch + 1 }
    : next;
}

/** An order to deliver that was not carried out yet is replaced by another, or given up. */
function dropsWanted({ pages }: Paging, event: IncidentEvent): boolean {
  const gone = event.type === "DeliveryFailed" && event.retryAt === undefined;
  if (event.type !== "DeliveryWanted" && !gone) return false;
  const wanted = pages[event.page]?.deliveries.filter((delivery) => delivery.state === "wanted") ?? [];
  return event.type === "DeliveryWanted"
    ? wanted.some((delivery) => delivery.step === event.step)
    : wanted.some((delivery) => delivery.id === event.delivery);
}

function evolveRequests(paging: Paging, event: IncidentEvent): Paging {
  switch (event.type) {
    case "RequestOpened": {
      const { request: id, kind, quorum, urgency, policy, about, aboutName, by } = event;
      const opened: PageRequest = {
        id,
        kind,
        quorum,
        urgency,
        policy,
        about,
        aboutName,
        askedBy: by.kind === "person" ? by.id : undefined,
        stage: undefined,
        catchAll: undefined,
        taken: [],
        state: { name: "open" },
      };
      return { ...paging, requests: { ...paging.requests, [id]: opened } };
    }
    case "LevelStarted": {
      const { pass, level, until, people } = event;
      const stage = { pass, level, until, people, startedAt: event.at };
      return withRequest(paging, event.request, { stage, catchAll: undefined, state: { name: "open" } });
    }
    case "CatchAllPaged":
      return withRequest(paging, event.request, {
        catchAll: {
          startedAt: event.at,
          round: event.round,
          nextAt: event.nextAt,
          people: event.people,
        },
        state: { name: "open" },
      });
    case "RequestTaken":
      return withRequest(paging, event.request, {
        taken: [...(paging.requests[event.request]?.taken ?? []), event.person],
      });
    case "RequestSatisfied":
      return withRequest(paging, event.request, {
        state: { name: "satisfied", owner: event.people[0] ?? "", checkAt: event.checkAt, asked: false },
      });
    case "AcknowledgementQuestioned":
      return withRequest(paging, event.request, {
        state: { name: "satisfied", owner: event.person, checkAt: event.until, asked: true },
      });
    case "AcknowledgementRenewed":
      // Whoever showed signs of life is not asked again.
      return withRequest(paging, event.request, {
        state: { name: "satisfied", owner: event.person, checkAt: undefined, asked: false },
      });
    case "ArrivalPromised": {
      const state = paging.requests[event.request]?.state;
      // Whoever has it already is asked after once the promise has passed.
      return state?.name === "satisfied" && state.owner === event.person
        ? withRequest(paging, event.request, { state: { ...state, checkAt: event.until, asked: false } })
        : paging;
    }
    case "RequestPaused":
      return withRequest(paging, event.request, { state: { name: "paused", until: event.until } });
    case "RequestResumed":
      return withRequest(paging, event.request, { state: { name: "open" } });
    case "RequestReopened":
      return withRequest(paging, event.request, {
        state: { name: "open" },
        taken: (paging.requests[event.request]?.taken ?? []).filter((person) => person !== event.person),
      });
    case "SeverityRaised":
      return Object.keys(paging.requests).reduce(
        // What was urgent for a reason of its own stays so.
        (raised, id) =>
          raised.requests[id]?.urgency === "high"
            ? raised
            : withRequest(raised, id, { urgency: event.urgency }),
        paging,
      );
    case "RequestCancelled":
      return withRequest(paging, event.request, { state: cancelled(paging.requests[event.request]) });
    default:
      return paging;
  }
}

function cancelled(request: PageRequest | undefined): RequestState {
  const owner = ownerOf(request);
  return owner === undefined ? { name: "cancelled" } : { name: "cancelled", owner };
}

function evolvePages(paging: Paging, event: IncidentEvent): Paging {
  switch (event.type) {
    case "PageOpened": {
      const { page: id, request, person, code, cause, pass, level, steps, others, at } = event;
      const opened: Page = {
        id,
        request,
        person,
        code,
        cause,
        pass,
        level,
        steps,
        others,
        openedAt: at,
        askedAt: at,
        state: "open",
        deliveries: [],
      };
      return { ...paging, pages: { ...paging.pages, [id]: opened }, numbered: paging.numbered + 1 };
    }
    case "NoticeWanted": {
      const numbered = { ...paging, numbered: paging.numbered + 1 };
      return asksForReply(event.kind) ? askedByNotice(numbered, event) : numbered;
    }
    case "PageHastened":
      return withPage(paging, event.page, () => ({ steps: event.steps }));
    case "DeliveryWanted": {
      const { delivery: id, step, attempt, channel, method, cause, at } = event;
      const wanted: PageDelivery = { id, step, attempt, channel, method, cause, state: "wanted", at };
      return withPage(paging, event.page, (page) => ({
        // What is tried again is no longer waited for.
        deliveries: [
          ...page.deliveries.map((d) => (d.step === step && isPending(d) ? settled(d, "superseded") : d)),
          wanted,
        ],
        ...askedAgain(page, at),
      }));
    }
    case "DeliveryHanded":
      return withDelivery(paging, event, (d) => ({
        ...(d.state === "confirmed" ? d : settled(d, "handed")),
        receipt: event.receipt,
        ...(event.carrier === undefined ? {} : { carrier: event.carrier }),
        ...((event.detours ?? []).length === 0 ? {} : { detoured: true }),
      }));
    case "CallPickedUp":
      return withDelivery(paging, event, (d) => ({ ...d, pickedUp: event.who }));
    case "DeliveryConfirmed":
      return withDelivery(paging, event, (d) => settled(d, "confirmed"));
    case "DeliveryFailed": {
      const { reason, retryAt } = event;
      return withDelivery(paging, event, (d) =>
        retryAt === undefined
          ? { ...settled(d, "failed"), reason }
          : { ...settled(d, "retrying"), reason, dueAt: retryAt },
      );
    }
    case "DeliveryUncertain":
      return withDelivery(paging, event, (d) => ({
        ...settled(d, "uncertain"),
        reason: event.reason,
        dueAt: event.until,
      }));
    case "PageAcknowledged":
      return withPage(paging, event.page, ended("acknowledged"));
    case "PageDeclined":
      return withPage(paging, event.page, ended("declined"));
    case "PageEscalated":
      return withPage(paging, event.page, ended("escalated"));
    case "PageExpired":
      return withPage(paging, event.page, ended("expired"));
    case "PageCancelled":
      return withPage(paging, event.page, ended("cancelled"));
    case "RequestPaused":
      // What is under way is dropped: the bell is silent at once.
      return withPages(paging, event.request, (page) => ended(page.state)(page));
    case "RequestReopened":
      // Whoever forgot it, or gave it back, is not counted as being here.
      return withPages(paging, event.request, (page) =>
        page.person === event.person && (page.state === "acknowledged" || page.state === "escalated")
          ? ended("expired")(page)
          : {},
      );
    default:
      return paging;
  }
}

/** A code that has lapsed may be another's by now: then a message asks for no reply by it. */
const askedAgain = ({ askedAt }: Page, at: Instant): Partial<Page> =>
  at < askedAt + codeLife ? { askedAt: at } : {};

const askedByNotice = (
  paging: Paging,
  { person, code, at }: { readonly person: string; readonly code?: string; readonly at: Instant },
): Paging =>
  Object.values(paging.pages)
    .filter((page) => page.person === person && page.code === code)
    .reduce((changed, { id }) => withPage(changed, id, (page) => askedAgain(page, at)), paging);

function settled(delivery: PageDelivery, state: PageDelivery["state"]): PageDelivery {
  const { dueAt: _noLonger, reason: _before, ...kept } = delivery;
  return { ...kept, state };
}

const ended =
  (state: PageState) =>
  (page: Page): Partial<Page> => ({
    state,
    deliveries: page.deliveries.map((d) => (isPending(d) ? settled(d, "superseded") : d)),
  });

function withRequest(paging: Paging, id: string, change: Partial<PageRequest>): Paging {
  const request = paging.requests[id];
  if (request === undefined) return paging;
  return { ...paging, requests: { ...paging.requests, [id]: { ...request, ...change } } };
}

function withPage(paging: Paging, id: string, change: (page: Page) => Partial<Page>): Paging {
  const page = paging.pages[id];
  if (page === undefined) return paging;
  return { ...paging, pages: { ...paging.pages, [id]: { ...page, ...change(page) } } };
}

const withPages = (paging: Paging, request: string, change: (page: Page) => Partial<Page>): Paging =>
  Object.values(paging.pages)
    .filter((page) => page.request === request)
    .reduce((changed, { id }) => withPage(changed, id, change), paging);

const withDelivery = (
  paging: Paging,
  { page, delivery }: { readonly page: string; readonly delivery: string },
  change: (delivery: PageDelivery) => PageDelivery,
): Paging =>
  withPage(paging, page, ({ deliveries }) => ({
    deliveries: deliveries.map((d) => (d.id === delivery ? change(d) : d)),
  }));
