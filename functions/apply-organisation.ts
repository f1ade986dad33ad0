// Puts an organisation into force: its items first, then the pointer, in one conditional step. Open requests keep the
// policy that they were opened with.
import type { Organisation } from "./core/organisation.ts";
import { itemsOf } from "./organisation-items.ts";
import type { Clock, ConfigItems } from "./ports.ts";

export type Applied = { readonly outcome: "applied" | "unchanged"; readonly version: string };

type Switching = Pick<ConfigItems, "pointer" | "write" | "switchTo">;

const attempts = 5;

export async function applyOrganisation(
  { configItems, clock }: { readonly configItems: Switching; readonly clock: Clock },
  { organisation, version }: { readonly organisation: Organisation; readonly version: string },
): Promise<Applied> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const from = await configItems.pointer();
    if (from === version) return { outcome: "unchanged", version };
    if (attempt === 0) await configItems.write(version, itemsOf(organisation));
    if (await configItems.switchTo(version, from, clock.now())) return { outcome: "applied", version };
  }
  throw new Error(
    `Config ${version} could not be put into force: others switched the pointer ${attempts} times meanwhile`,
  );
}
