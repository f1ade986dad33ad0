// Draws what should be seen and changes only what differs, so that focus, selection and open details survive every poll.
// Text becomes text nodes and nothing else: whatever an alert says, it can't become markup.

/** @typedef {string | number | boolean | undefined | ((event: Event) => void)} Attribute */
/** @typedef {{ tag: string, key: string | undefined, attributes: Record<string, Attribute>, children: Shown[] }} Sketch */
/** @typedef {Sketch | string} Shown */
/** @typedef {Sketch | string | number | false | undefined | Child[]} Child */
/** @typedef {{ key: string | undefined, attributes: Record<string, Attribute> }} Drawn */

/** @type {WeakMap<Node, Drawn>} */
const drawn = new WeakMap();

/**
 * @param {string} tag
 * @param {Record<string, Attribute>} attributes `key` tells siblings apart; `onclick` and its like are functions
 * @param {...Child} children
 * @returns {Sketch}
 */
export function h(tag, attributes, ...children) {
  const { key, ...rest } = attributes;
  return {
    tag,
    key: key === undefined ? undefined : String(key),
    attributes: rest,
    children: flat(children),
  };
}

/** @param {Element} parent @param {...Child} children */
export const render = (parent, ...children) => patchChildren(parent, flat(children));

/** @param {Child[]} children @returns {Shown[]} */
const flat = (children) =>
  children.flatMap((child) => {
    if (child === undefined || child === false || child === "") return [];
    if (Array.isArray(child)) return flat(child);
    return typeof child === "number" ? [String(child)] : [child];
  });

/** @param {Element} parent @param {Shown[]} wanted */
function patchChildren(parent, wanted) {
  const keys = new Set(wanted.map((want) => (typeof want === "string" ? undefined : want.key)));
  /** @type {Map<string, ChildNode>} */
  const kept = new Map();
  for (const node of Array.from(parent.childNodes)) {
    const key = drawn.get(node)?.key;
    if (key === undefined) continue;
    if (keys.has(key)) kept.set(key, node);
    else node.remove();
  }
  let at = parent.firstChild;
  for (const want of wanted) {
    const key = typeof want === "string" ? undefined : want.key;
    const known = key === undefined ? at : kept.get(key);
    const node = known && fits(known, want) ? known : make(parent, want);
    if (node === at) at = at.nextSibling;
    else parent.insertBefore(node, at);
    patch(node, want);
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

/** @param {ChildNode} node @param {Shown} want */
function fits(node, want) {
  if (typeof want === "string") return node instanceof Text;
  return node instanceof Element && node.localName === want.tag && drawn.get(node)?.key === want.key;
}

/** @param {Element} parent @param {Shown} want @returns {ChildNode} */
function make(parent, want) {
  if (typeof want === "string") return document.createTextNode(want);
  const svg = want.tag === "svg" || parent.namespaceURI === "http://www.w3.org/2000/svg";
  const node = document.createElementNS(
    svg ? "http://www.w3.org/2000/svg" : "http://www.w3.org/1999/xhtml",
    want.tag,
  );
  drawn.set(node, { key: want.key, attributes: {} });
  return node;
}

/** @param {ChildNode} node @param {Shown} want */
function patch(node, want) {
  if (typeof want === "string") {
    if (node.textContent !== want) node.textContent = want;
    return;
  }
  const element = /** @type {Element} */ (node);
  const before = drawn.get(element)?.attributes ?? {};
  for (const name of Object.keys(before)) if (!(name in want.attributes)) set(element, name, undefined);
  for (const [name, value] of Object.entries(want.attributes))
    if (before[name] !== value) set(element, name, value);
  drawn.set(element, { key: want.key, attributes: want.attributes });
  patchChildren(element, want.children);
}

/** @param {Element} element @param {string} name @param {Attribute} value */
function set(element, name, value) {
  if (name.startsWith("on")) Reflect.set(element, name, value ?? null);
  else if (value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : String(value));
}
