import { readFile } from "node:fs/promises";
import { test } from "vitest";
import { aViewer } from "../support/browser.ts";
import { callingPhones } from "./calling-phones.ts";
const viewer = aViewer();
test("x", { timeout: 30000 }, async () => {
  const phones = await callingPhones(await readFile("muster.yaml", "utf8"));
  const { phones: all } = (await (await fetch(`${phones.url}/simulator/phones`)).json()) as any;
  const [a, b] = all.map((x: any) => x.number);
  const { page, troubles } = await viewer.open(`${phones.url}/simulator/`);
  await page.locator(".handset").nth(1).waitFor();
  phones.scripts.set("/answer", "<Dial><Conference>incident-7</Conference></Dial>");
  for (const n of [a, b]) { const sid = await phones.call(n); console.log(n, sid, phones.simulator.answer(sid)); }
  await new Promise((r) => setTimeout(r, 2500));
  console.log(JSON.stringify(phones.simulator.phone(a)), JSON.stringify(phones.simulator.phone(b)), troubles);
  console.log(await page.locator(".handset").first().innerHTML());
  const sid = await phones.call(all[2].number);
  const btn = page.getByRole("button", { name: "Answer" });
  await btn.focus(); await page.keyboard.press("Enter");
  await new Promise((r) => setTimeout(r, 500));
  console.log(await page.evaluate("document.activeElement.outerHTML.slice(0,200)"), all[2]);
  await phones.close();
});
