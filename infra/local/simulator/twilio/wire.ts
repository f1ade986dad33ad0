// How Twilio's API of this version writes what every part of it needs.

export const apiVersion = "2010-04-01";

/** RFC 2822, as this API dates everything. */
export const stamp = (instant: number): string => new Date(instant).toUTCString().replace("GMT", "+0000");

export const dated = (instant: number | undefined): string | null =>
  instant === undefined ? null : stamp(instant);
