// <adaptive-card>: one card, drawn by Microsoft's own renderer in a tree of its own. Its text is text: nothing turns it
// into markup. What is pressed on it is told to `onpress`.
import { webLink } from "./said.js";

/** @import { Press } from "./teams-wire.d.ts" */
/** @import * as Cards from "adaptivecards" */

const dark = matchMedia("(prefers-color-scheme: dark)");

/** The colours are those of the page around it, in words that the renderer understands. */
function hostConfig() {
  const [text, dim, accent, good, warning, attention] = dark.matches
    ? ["#e8eef4", "#a3b3c2", "#6cb2ff", "#6fd08c", "#ffc14d", "#ff8a82"]
    : ["#15202b", "#4d5d6b", "#0b5cad", "#17703a", "#8a5a00", "#b3261e"];
  const shade = (/** @type {string | undefined} */ color) => ({ default: color, subtle: color });
  const foregroundColors = {
    default: { default: text, subtle: dim },
    dark: shade(text),
    light: shade(dim),
    accent: shade(accent),
    good: shade(good),
    warning: shade(warning),
    attention: shade(attention),
  };
  const style = (/** @type {string} */ backgroundColor) => ({ backgroundColor, foregroundColors });
  const [surface, emphasis, goodly, attentive, warned, accented] = dark.matches
    ? ["#17202a", "#22303d", "#12301f", "#3a1a18", "#362a10", "#132a44"]
    : ["#ffffff", "#eef2f5", "#e5f4ea", "#fbe9e7", "#fff4dd", "#e4effa"];
  return new AdaptiveCards.HostConfig({
    fontFamily: "inherit",
    spacing: { small: 6, default: 10, medium: 14, large: 20, extraLarge: 28, padding: 12 },
    separator: { lineThickness: 1, lineColor: dark.matches ? "#3a4a59" : "#c3cdd6" },
    fontSizes: { small: 13, default: 15, medium: 17, large: 20, extraLarge: 24 },
    fontWeights: { lighter: 300, default: 400, bolder: 650 },
    supportsInteractivity: true,
    containerStyles: {
      default: style(surface ?? ""),
      emphasis: style(emphasis ?? ""),
      good: style(goodly ?? ""),
      attention: style(attentive ?? ""),
      warning: style(warned ?? ""),
      accent: style(accented ?? ""),
    },
    actions: {
      maxActions: 6,
      spacing: "default",
      buttonSpacing: 8,
      showCard: { actionMode: "inline", inlineTopMargin: 10, style: "emphasis" },
      actionsOrientation: "horizontal",
      actionAlignment: "left",
    },
    factSet: {
      title: { weight: "bolder", wrap: true, maxWidth: 160 },
      value: { wrap: true },
      spacing: 12,
    },
    inputs: {
      label: { inputSpacing: AdaptiveCards.Spacing.Small, requiredInputs: { suffix: " *" } },
      errorMessage: { color: "attention" },
    },
  });
}

/** @param {Cards.Action} action @returns {Press | undefined} */
function pressOf(action) {
  const isExecute = action instanceof AdaptiveCards.ExecuteAction;
  if (!isExecute && !(action instanceof AdaptiveCards.SubmitAction)) return undefined;
  const verb = isExecute ? action.verb : undefined;
  return {
    type: action.getJsonTypeName(),
    ...(verb === undefined ? {} : { verb }),
    ...(action.id === undefined ? {} : { id: action.id }),
    ...(action.title === undefined ? {} : { title: action.title }),
    // With what was typed on the card.
    data: action.data ?? {},
  };
}

class AdaptiveCardElement extends HTMLElement {
  static observedAttributes = ["card"];

  constructor() {
    super();
    /** @type {((press: Press) => void) | null} */
    this.onpress = null;
    const root = this.attachShadow({ mode: "open" });
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = "/simulator/assets/teams-card.css";
    this.face = document.createElement("div");
    this.face.tabIndex = -1;
    root.append(style, this.face);
    this.redraw = () => this.draw();
  }

  connectedCallback() {
    dark.addEventListener("change", this.redraw);
  }

  disconnectedCallback() {
    dark.removeEventListener("change", this.redraw);
  }

  attributeChangedCallback() {
    this.draw();
  }

  draw() {
    const card = new AdaptiveCards.AdaptiveCard();
    card.hostConfig = hostConfig();
    card.onExecuteAction = (action) => {
      if (action instanceof AdaptiveCards.OpenUrlAction) {
        const link = webLink(action.url);
        if (link !== undefined) window.open(link, "_blank", "noopener,noreferrer");
        return;
      }
      const press = pressOf(action);
      if (press !== undefined) this.onpress?.(press);
    };
    card.parse(JSON.parse(this.getAttribute("card") ?? "{}"));
    // Whoever pressed by keyboard stays where the card is, though the button is gone.
    const { shadowRoot } = this;
    const wasHere = shadowRoot !== null && shadowRoot.activeElement !== null;
    this.face.replaceChildren(card.render() ?? "This card can't be drawn.");
    if (wasHere) this.face.focus();
  }
}

// Text from outside is shown as it stands, whatever looks like markup in it.
AdaptiveCards.AdaptiveCard.onProcessMarkdown = (_, result) => {
  result.didProcess = false;
};
customElements.define("adaptive-card", AdaptiveCardElement);
