// A notice in the chat, one to one: the words of the text message, with as much room as they need, and what to press or
// write there in place of a reply.

import { quoted } from "../core/quoted.ts";
import { line } from "../core/text.ts";
import { type NoticeFacts, noticeWords } from "./notices.ts";
import { unlinked } from "./unlinked.ts";

export function chatNotice(notice: NoticeFacts): string {
  const { about, asked, codename, code, dialIn } = notice;
  const words = noticeWords(notice.kind, {
    service: said(notice.service, 80),
    severity: notice.severity,
    symptom: quoted(said(notice.symptom, 400)),
    more: notice.more ?? 0,
    about: about === undefined ? undefined : said(about, 60),
    asked: asked === undefined ? undefined : said(asked, 60),
    codename: codename === undefined ? undefined : said(codename, 60),
    dialIn,
    toKeep: `Write “ack${named(code)}” to keep it, “more help${named(code)}” for more help`,
    toBeCalled: `Write “join${named(code)}” and we call you`,
  });
  return `${notice.drill ? "DRILL " : ""}${words}`;
}

const said = (text: string, most: number): string => unlinked(line(text, most));
const named = (code: string | undefined): string => (code === undefined ? "" : ` ${code}`);
