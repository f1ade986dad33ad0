// What somebody sees who opened a link: what it is about, how it stands, and three buttons. No script: it has to work on
// the oldest phone, on the worst net, at night.

import { quoted } from "../core/quoted.ts";
import { standing, whoElse } from "../wording/link.ts";
import { wallClock } from "../wording/wall-clock.ts";
import { andMore, severityWords } from "../wording/words.ts";
import type { LinkedErrand } from "./linked-errand.ts";
import { html, type Markup } from "./markup.ts";
import { style } from "./style.ts";

/** `order` names what the buttons would do; `did` says what was done just now. */
export function actPage(errand: LinkedErrand, order: string, did?: string): string {
  const { signal, spoken, page, name, others, now, timeZone } = errand;
  return framed(
    `${severityWords[spoken.severity]}: ${signal.serviceName}`,
    html`${signal.drill ? html`<p class="drill">This is a drill.</p>` : html``}
<h1><span class="severity">${severityWords[spoken.severity]}</span> ${signal.serviceName}</h1>
<p class="what">${andMore(quoted(spoken.title), spoken.more)}</p>
<dl>
<div><dt>Since</dt><dd>${wallClock(spoken.since, now, timeZone)}</dd></div>
<div><dt>Asked</dt><dd>${name}${whoElse(others)} (code ${page.code})</dd></div>
<div><dt>Now</dt><dd>${standing(errand)}</dd></div>
</dl>
${did === undefined ? html`` : html`<p class="did" role="status">${did}</p>`}
${errand.isOver ? html`` : buttons(order)}`,
  );
}

const buttons = (order: string): Markup => html`<form method="post">
<input type="hidden" name="order" value="${order}">
<button class="yes" name="act" value="acknowledge">I have it</button>
<button name="act" value="decline">Not me</button>
<button name="act" value="escalate">More help</button>
</form>
<p class="small">“More help” means: I stay, and the next ones are paged as well.</p>`;

/** Of a link that we did not make, that is past its time, or whose page is gone: all the same, for it tells nothing. */
export const noPage: string = framed(
  "Link not valid",
  html`<h1>This link is not valid</h1>
<p class="what">It may be too old: a link works for four hours. Nothing was changed.</p>
<p>If you were paged, reply to the text message, or open the command post.</p>`,
);

function framed(title: string, body: Markup): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`.markup;
}
