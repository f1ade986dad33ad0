// A text from a person as the second carrier brings it:
// https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-payload.html
import { isFields } from "./reader.ts";

export interface CarrierText {
  readonly from: string;
  readonly text: string;
  /** The carrier's name for it. */
  readonly id: string;
}

const longestNumber = 50;
const longestId = 200;

/** Undefined for anything else. */
export function carrierText(body: unknown): CarrierText | undefined {
  if (!isFields(body)) return undefined;
  const { originationNumber: from, messageBody: text = "", inboundMessageId: id } = body;
  if (typeof from !== "string" || typeof text !== "string" || typeof id !== "string") return undefined;
  if (from === "" || from.length > longestNumber || id === "" || id.length > longestId) return undefined;
  return { from, text, id };
}
