// Who else was asked within one errand goes from the evidence to the timeline as it is; nobody else is no field at all.
import type { Detour } from "./events.ts";

export const detoured = ({ detours = [] }: { readonly detours?: readonly Detour[] }) =>
  detours.length === 0 ? {} : { detours };
