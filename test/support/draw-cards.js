// In a browser, beside Microsoft's renderer: draws cards with all their forms open, and says what is wrong with them.
// biome-ignore-all lint/style/useNamingConvention: the renderer's names
const { AdaptiveCard, SerializationContext } = globalThis.AdaptiveCards;

/** What the renderer took for markup. */
const read = [];
AdaptiveCard.onProcessMarkdown = (text, result) => {
  read.push(text);
  result.outputHtml = text;
  result.didProcess = true;
};

const harmless = new Set("DIV,P,SPAN,BUTTON,INPUT,TEXTAREA,LABEL,SELECT,OPTION,DATALIST".split(","));

/** A card stands in somebody else's page. */
function place(element) {
  const [main, heading] = [document.createElement("main"), document.createElement("h1")];
  heading.textContent = "Cards";
  main.append(heading, element);
  document.body.replaceChildren(main);
}

function* wrongWith(json) {
  const card = new AdaptiveCard();
  const context = new SerializationContext();
  card.parse(json, context);
  for (let n = 0; n < context.eventCount; n++) yield context.getEventAt(n).message;
  for (const { message } of card.validateProperties().validationEvents) yield message;
  const element = card.render();
  if (element === undefined) return yield "it is not drawn";
  place(element);
  for (const button of element.querySelectorAll("button[aria-expanded]")) button.click();
  for (const each of element.querySelectorAll("*")) {
    if (!harmless.has(each.tagName)) yield `a ${each.tagName}`;
    for (const { name, value } of each.attributes)
      if (/^on|^src|href$|^formaction$/i.test(name) || (name === "style" && /url\(/i.test(value)))
        yield `${name}=${value}`;
  }
}

globalThis.drawCards = (cards) => {
  read.length = 0;
  const wrong = cards.flatMap(([name, json]) => [...wrongWith(json)].map((what) => `${name}: ${what}`));
  return { wrong, read: [...new Set(read)] };
};

/** What is sent when these buttons are pressed one after the other, the first field of a form being filled in. */
globalThis.pressOn = (json, titles, typed) => {
  const sent = [];
  const card = new AdaptiveCard();
  card.onExecuteAction = ({ verb, url, data }) => sent.push(url === undefined ? { verb, data } : { url });
  card.parse(json, new SerializationContext());
  const element = card.render();
  place(element);
  for (const title of titles) {
    [...element.querySelectorAll("button")].findLast(({ textContent }) => textContent === title)?.click();
    for (const field of element.querySelectorAll("textarea:not([data-filled])")) {
      if (field.offsetParent === null) continue;
      field.value = typed;
      field.dataset.filled = "";
      break;
    }
  }
  return sent;
};
