// Where each source of the file posts to. Keys stand in the file only; the store keeps their digests.
import { parse } from "yaml";

export interface IntakeAddress {
  readonly source: string;
  readonly kind: string;
  readonly address: string;
}

/** For a file that was checked before. A source of which only the key's digest is known shows a place to put the key. */
export function intakeAddresses(config: string, url: string): readonly IntakeAddress[] {
  const { sources = {} } = parse(config) as {
    sources?: Readonly<Record<string, { kind: string; key?: string | readonly string[] }>>;
  };
  return Object.entries(sources).map(([source, { kind, key: keys }]) => ({
    source,
    kind,
    address:
      kind === "cloudwatch"
        ? "(from the event bus, on AWS)"
        : `${url}/alerts/${encodeURIComponent(source)}/${[keys ?? "YOUR-KEY"].flat()[0]}`,
  }));
}
