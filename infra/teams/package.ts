// The file that an administrator uploads to Teams. The same app is the same bytes.
import { strToU8, zipSync } from "fflate";
import type { TeamsApp } from "./app.ts";
import { colourIcon, outlineIcon } from "./icons.ts";
import { manifestOf } from "./manifest.ts";

export const packageOf = (app: TeamsApp): Uint8Array =>
  zipSync(
    {
      "manifest.json": strToU8(`${JSON.stringify(manifestOf(app), null, 2)}\n`),
      "color.png": colourIcon(),
      "outline.png": outlineIcon(),
    },
    { mtime: new Date(1980, 0, 1) },
  );
