// How the page looks: large buttons for a thumb, by day and by night. It stands inside the page, so that one request shows
// all of it; the page's policy names it by its digest.
import { createHash } from "node:crypto";
import type { Markup } from "./markup.ts";

const css = `
:root { color-scheme: light dark; --ink: #16191d; --paper: #ffffff; --quiet: #4a525c; --line: #c4cbd3; --yes: #0b6b3a; --alarm: #b3151f; --note: #eef2f6; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f1f3f5; --paper: #111417; --quiet: #b4bdc7; --line: #3b444e; --yes: #1a8a50; --alarm: #ff8a8a; --note: #1d232a; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.45 system-ui, sans-serif; }
main { max-width: 34rem; margin: 0 auto; padding: 1.25rem 1rem 2rem; }
h1 { margin: 0 0 .5rem; font-size: 1.4rem; line-height: 1.2; overflow-wrap: anywhere; }
.severity { color: var(--alarm); }
.what { margin: 0 0 1rem; font-size: 1.15rem; overflow-wrap: anywhere; }
.drill { margin: 0 0 1rem; padding: .5rem .75rem; border: 2px dashed currentColor; font-weight: 700; }
dl { margin: 0 0 1rem; }
dl div { display: grid; grid-template-columns: 4.5rem 1fr; gap: .5rem; padding: .4rem 0; border-top: 1px solid var(--line); }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
.did { margin: 0 0 1rem; padding: .75rem; background: var(--note); border-left: .3rem solid var(--yes); font-weight: 600; }
form { display: grid; gap: .75rem; }
button { min-height: 3.25rem; padding: .5rem 1rem; border: 2px solid var(--line); border-radius: .6rem; background: transparent; color: inherit; font: inherit; font-weight: 600; cursor: pointer; }
button.yes { border-color: transparent; background: #0b6b3a; color: #ffffff; }
button:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
.small { color: var(--quiet); font-size: .9375rem; }
`;

export const style: Markup = { markup: css };
export const styleDigest: string = createHash("sha256").update(css).digest("base64");
