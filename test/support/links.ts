// Links as they stand in the texts of a night without Twilio.
import type { World } from "./world.ts";

/** The newest one on this phone. */
export function linkOn(world: World, phone: string): string {
  const link = world
    .texts(phone)
    .flatMap((text) => / or (https?:\/\/\S+)$/.exec(text)?.[1] ?? [])
    .at(-1);
  if (link === undefined) throw new Error(`There is no link on ${phone}: ${world.texts(phone).join(" | ")}`);
  return link;
}

/** What a page says, without its markup. */
export const words = (page: string): string =>
  page
    .replaceAll(/<style>[^]*?<\/style>/g, "")
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ");

/** Presses a button of the form that a link shows. */
export async function press(world: World, link: string, act: string, order?: string): Promise<string> {
  const page = await (await fetch(link)).text();
  const named = order ?? /name="order" value="(\w+)"/.exec(page)?.[1] ?? "";
  const answer = await fetch(link, { method: "POST", body: new URLSearchParams({ order: named, act }) });
  await world.rest();
  return words(await answer.text());
}
