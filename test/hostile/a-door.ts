// A running hub with phones, and the ways in which these tests knock at it.
import { connect } from "node:net";
import { expect, vi } from "vitest";
import { aRealHub, type RealHub } from "../support/real-hub.ts";
import { phones, type Seen } from "../support/world.ts";

export const good = { title: "Payments time out", service: "checkout", severity: "critical" };
export const json = { "content-type": "application/json" };

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

export async function refusedWith(answer: Response, status: number): Promise<Problem> {
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  const problem = (await answer.json()) as Problem;
  expect(problem.status).toBe(status);
  expect(problem.type).toMatch(/^urn:muster:problem:[a-z0-9-]+$/);
  expect(problem.title).not.toBe("");
  return problem;
}

export interface Door {
  readonly url: string;
  /** Where good alerts are posted to. */
  readonly intake: string;
  /** Posts to the intake, or to a path of the hub. */
  post(
    body: RequestInit["body"],
    headers?: Readonly<Record<string, string>>,
    path?: string,
  ): Promise<Response>;
  /** What comes back for bytes that no client library would send. */
  overSocket(request: string): Promise<string>;
  /** On the phone of whoever is on call. */
  texts(): readonly string[];
  texted(count: number): Promise<void>;
  openIncidents(): Promise<readonly { readonly id: string }[]>;
  theIncident(): Promise<Seen>;
  /** Ends the one open incident, so that the next alert is one of its own. */
  resolve(): Promise<void>;
  /** The hub still does what it is there for. */
  stillPages(): Promise<void>;
  close(): Promise<void>;
}

export async function aDoor(publicUrl?: string): Promise<Door> {
  const real: RealHub = await aRealHub(undefined, publicUrl);
  const { hub, simulator } = real;
  const { url } = hub;
  const path = "/alerts/anything/demo-anything-key-0001";
  let sent = 0;

  const get = async <Body>(from: string): Promise<Body> => (await (await fetch(url + from)).json()) as Body;
  const texts = () => simulator.phone(phones.ada).messages.map(({ body }) => body);
  const door: Door = {
    url,
    intake: path,
    texts,
    close: () => real.close(),
    post: (body, headers = json, to = path) =>
      fetch(url + to, { method: "POST", headers, body: body ?? null }),
    texted: (count) =>
      vi.waitFor(() => expect(texts()).toHaveLength(count), { timeout: 5_000, interval: 10 }),
    overSocket: (request) => overSocket(Number(new URL(url).port), request),
    async openIncidents() {
      const { incidents } = await get<{ incidents: readonly { id: string }[] }>("/api/incidents");
      return incidents;
    },
    async theIncident() {
      const open = await door.openIncidents();
      expect(open).toHaveLength(1);
      return get<Seen>(`/api/incidents/${open[0]?.id}`);
    },
    async resolve() {
      const before = texts().length;
      const { id } = await door.theIncident();
      const order = await door.post(
        JSON.stringify({ type: "resolve" }),
        json,
        `/api/incidents/${id}/commands`,
      );
      expect(order.status).toBe(200);
      await door.texted(before + 1);
      await hub.idle();
    },
    async stillPages() {
      const before = texts().length;
      sent += 1;
      const answer = await door.post(JSON.stringify({ ...good, dedup_key: `good-${sent}` }));
      expect(answer.status).toBe(202);
      await door.texted(before + 1);
      await door.resolve();
    },
  };
  return door;
}

function overSocket(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => void socket.write(request));
    socket.setTimeout(3_000, () => socket.destroy());
    socket.on("data", (chunk) => {
      answer += chunk.toString();
    });
    // A server that refuses may reset the connection behind its answer.
    socket.on("error", (error) => (answer === "" ? reject(error) : undefined));
    socket.on("close", () => resolve(answer));
  });
}
