// Every monitoring source by its kind: a kind without a line here does not compile.
import type { SourceKind } from "../core/organisation.ts";
import { alertmanager } from "./alertmanager.ts";
import { cloudwatch } from "./cloudwatch.ts";
import { generic } from "./generic.ts";
import type { Source } from "./source.ts";

export const sources = { alertmanager, generic, cloudwatch } satisfies Record<SourceKind, Source>;
