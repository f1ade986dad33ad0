// Lets a responder hear what a caller said: a name, or what is wrong. Only what stands on that incident's timeline is played,
// so that nobody browses the provider's account by this way.
import { incident } from "../core/incident/aggregate.ts";
import type { HttpHandler } from "../lambda.ts";
import { problemResult } from "../problem.ts";
import { notSignedIn, signedIn } from "../signed-in.ts";
import { streamNow } from "../stream-now.ts";
import type { PortsOf } from "../subscriptions.ts";

export function make({ journal, recordings }: PortsOf<"show-recording">): HttpHandler {
  return async (event) => {
    if (signedIn(event) === undefined) return problemResult(notSignedIn);
    const { id = "", recording = "" } = event.pathParameters ?? {};
    const { bridge } = await streamNow(incident, journal, `incident/${id}`);
    const isOurs = Object.values(bridge.callers).some(
      ({ nameRecording, helpRecording }) => nameRecording === recording || helpRecording === recording,
    );
    const found = isOurs ? await recordings.read(recording) : undefined;
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
  };
}

const unknown = {
  status: 404,
  code: "recording-unknown",
  title: "No such recording",
  detail: "It stands on no timeline of this incident, or the provider does not have it any more.",
};
