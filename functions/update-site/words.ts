// What the thread is told beside the incident's timeline.
import type { News } from "../core/post/facts.ts";

interface About {
  /** The command post's address of the incident. */
  readonly address: string;
  /** Of its own channel. */
  readonly link: string | undefined;
  /** Nothing of it is told here. */
  readonly sensitive: boolean;
  readonly drill: boolean;
}

export const newsMessage = (news: News, about: About): string =>
  `${about.drill ? "DRILL\n" : ""}${newsWords(news, about)}`;

function newsWords(news: News, { address, link, sensitive }: About): string {
  const goesOn = sensitive ? `It is told on the command post: ${address}` : "It goes on in this thread.";
  switch (news) {
    case "own-channel":
      return `This incident has a channel of its own now${link === undefined ? "" : `: ${link}`}\nWhat happens is told there.`;
    case "no-channel":
      return `No channel of its own could be made for this incident. ${goesOn}`;
    case "channel-gone":
      return `The incident's own channel is not there any more. ${goesOn}`;
  }
}
