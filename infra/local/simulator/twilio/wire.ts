// How Twilio's API of this version writes what every part of it needs.

export const apiVersion = "2010-04-01";

/** Where the real one is; nothing is asked there. */
export const apiHost = "https://api.twilio.com";

/** RFC 2822, as this API dates everything. */
export const stamp = (instant: number): string => new Date(instant).toUTCString().replace("GMT", "+0000");

export const dated = (instant: number | undefined): string | null =>
  instant === undefined ? null : stamp(instant);
