// Where people read of an incident, and act on it: addresses for whoever writes to them.
import type { CommandPost } from "./ports.ts";

export function pagesAt(publicUrl: string): CommandPost {
  const base = publicUrl.replace(/\/+$/, "");
  return {
    address: (incident) =>
      incident === undefined ? `${base}/` : `${base}/${incident.replace(/^incident\//, "incidents/")}`,
  };
}
