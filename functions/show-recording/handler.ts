// Plays what a caller said: a name, or what is wrong. Only recordings of that incident are played, so that this route can't
// be used to browse the provider's account; those of a sensitive incident only to people who are part of it.
import { incident } from "../core/incident/aggregate.ts";
import { mayRead } from "../core/incident/sensitive.ts";
import { directory } from "../directory.ts";
import { problemResult } from "../problem.ts";
import { forReaders, type GatedHandler } from "../signed-in.ts";
import { streamNow } from "../stream-now.ts";
import type { PortsOf } from "../subscriptions.ts";

export function make({
  journal,
  recordings,
  configItems,
  clock,
  signInSettings,
}: PortsOf<"show-recording">): GatedHandler {
  const deps = { directory: directory(configItems, clock), signInSettings };

  return forReaders("show-recording", deps, async (event, _, reader) => {
    const { id = "", recording = "" } = event.pathParameters ?? {};
    const now = await streamNow(incident, journal, `incident/${id}`);
    const isOurs = Object.values(now.bridge.callers).some(
      ({ nameRecording, helpRecording }) => nameRecording === recording || helpRecording === recording,
    );
    const found = isOurs && mayRead(now, reader.id) ? await recordings.read(recording) : undefined;
    if (found === undefined) return problemResult(unknown);
    return {
      statusCode: 200,
      headers: {
        "content-type": found.type,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; sandbox",
      },
      body: Buffer.from(found.bytes).toString("base64"),
      isBase64Encoded: true,
    };
  });
}

const unknown = {
  status: 404,
  code: "recording-unknown",
  title: "No such recording",
  detail: "This incident has no such recording that you may hear, or the provider does not have it any more.",
};
