/** Building elements. Text always becomes text nodes: nothing that comes from a program is ever read as markup. */

const SVG = "http://www.w3.org/2000/svg";

export type Attributes = Record<string, string | number | boolean | undefined>;
export type Child = Node | string | null | undefined;

/** Characters that turn the words around them, or hide among them: a name that holds one would rewrite the sentence it stands in. */
const DECEPTIVE = /[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A text with a mark for each of these, as in the pictures that Python draws. */
export function visible(text: string): string {
  return text.replace(DECEPTIVE, "\ufffd");
}

/** The value of an attribute: the same of one that people read. */
function shownAs(name: string, value: string): string {
  return name === "title" || name === "aria-label" ? visible(value) : value;
}

function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? "" : shownAs(name, String(value)));
  }
}

function appendAll(element: Element, children: readonly Child[]): void {
  for (const child of children)
    if (child !== null && child !== undefined) element.append(typeof child === "string" ? visible(child) : child);
}

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  appendAll(element, children);
  return element;
}

export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, tag) as SVGElementTagNameMap[K];
  setAttributes(element, attributes);
  appendAll(element, children);
  return element;
}

/** Sets or removes a boolean attribute used as a style hook. */
export function flag(element: Element, name: string, on: boolean): void {
  if (element.hasAttribute(name) !== on) element.toggleAttribute(name, on);
}

/** Sets an attribute that has not this value yet: writing it again would have the browser ask anew which rules hold. */
export function setAttribute(element: Element, name: string, value: string): void {
  const shown = shownAs(name, value);
  if (element.getAttribute(name) !== shown) element.setAttribute(name, shown);
}

/** Shows or hides an element. */
export function show(element: Element, on: boolean): void {
  flag(element, "hidden", !on);
}

export function setText(element: Element, text: string): void {
  const shown = visible(text);
  if (element.textContent !== shown) element.textContent = shown;
}

/** A text of any length for a place of few words: what is too long loses its middle. */
export function elide(text: string, most = 240): string {
  if (text.length <= most) return text;
  const head = Math.ceil((most - 1) * 0.7);
  return `${text.slice(0, head)}…${text.slice(text.length - (most - 1 - head))}`;
}

/** Outlines on a 16 × 16 grid, drawn with the current colour. */
const ICONS = {
  first: "M4 3v10M12 3 7 8l5 5",
  previous: "M10.5 3l-5 5 5 5",
  next: "M5.5 3l5 5-5 5",
  last: "M12 3v10M4 3l5 5-5 5",
  play: "M5 3l7.5 5L5 13z",
  onward: "M2.5 3 8 8l-5.5 5zM12 5.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z",
  breakpoint: "M8 3.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9z",
  pause: "M5.5 3v10M10.5 3v10",
  help: "M6 6a2 2 0 1 1 3 2c-.7.4-1 .8-1 1.6M8 12v.2M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13z",
  close: "M4 4l8 8M12 4l-8 8",
  load: "M8 2v8M5 7l3 3 3-3M2.5 10v3.5h11V10",
  share: "M8 10V2M5 5l3-3 3 3M5 7.5H3v6h10v-6h-2",
  compare: "M6.5 2.5h-4v11h4zM13.5 2.5h-4v11h4z",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  screen: "M9.5 2.5h4v4M13.5 2.5l-4 4M6.5 13.5h-4v-4M2.5 13.5l4-4",
  fit: "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
  fold: "M2.5 3.5h11M2.5 12.5h11M8 4.5v2M8 11.5v-2M6 8h4",
  search: "M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.5 10.5 14 14",
  target: "M8 1v3M8 12v3M1 8h3M12 8h3M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6z",
} as const;

export type IconName = keyof typeof ICONS;

export function icon(name: IconName): SVGSVGElement {
  return svg("svg", { class: "ie-icon", viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: ICONS[name] }));
}

export interface ButtonOptions {
  label: string;
  icon?: IconName;
  /** Shown beside the icon; without it the label is only for screen readers and the tooltip. */
  text?: string;
  key?: string | undefined;
  action?: string;
  class?: string;
}

export function button(options: ButtonOptions, onClick: () => void): HTMLButtonElement {
  const element = h("button", {
    type: "button",
    class: options.class ?? "ie-button",
    title: options.key ? `${options.label} (${options.key})` : options.label,
    "aria-label": options.text ? undefined : options.label,
    "data-ie-action": options.action,
  });
  if (options.icon) element.append(icon(options.icon));
  if (options.text) element.append(h("span", {}, options.text));
  element.addEventListener("click", () => {
    if (!isOff(element)) onClick();
  });
  return element;
}

/** Calls back while the pointer or the focus is at an element, and when it is no more. */
export function whileLookedAt(element: HTMLElement, look: () => void, leave: () => void): void {
  for (const event of ["pointerenter", "focusin"]) element.addEventListener(event, look);
  for (const event of ["pointerleave", "focusout"]) element.addEventListener(event, leave);
}

/** A button of words in a text or a table; `button` makes those of the bars. */
export function textButton(attributes: Attributes, text: string, onClick: () => void): HTMLButtonElement {
  const element = h("button", { type: "button", ...attributes }, text);
  element.addEventListener("click", onClick);
  return element;
}

/** Not `disabled`: that would take the focus, and the keys with it, from whom just pressed it. */
export function turnOff(element: HTMLButtonElement, off: boolean): void {
  setAttribute(element, "aria-disabled", String(off));
}

export function isOff(element: HTMLButtonElement): boolean {
  return element.getAttribute("aria-disabled") === "true";
}

/** A labelled `<select>`; `onChange` gets the chosen value. */
export function select(label: string, name: string, onChange: (value: string) => void): HTMLSelectElement {
  const element = h("select", { class: "ie-select", "aria-label": label, title: label, "data-ie-select": name });
  element.addEventListener("change", () => onChange(element.value));
  return element;
}

/** A word before a control, which it names. */
export function labelled(text: string, control: HTMLElement): HTMLLabelElement {
  return h("label", { class: "ie-choice" }, h("span", {}, text), control);
}

/** Says whether a button that stays pressed is. */
export function press(element: HTMLElement, on: boolean): void {
  setAttribute(element, "aria-pressed", String(on));
}

export function isPressed(element: HTMLElement): boolean {
  return element.getAttribute("aria-pressed") === "true";
}

/** Options that are called what they are. */
export function setNames(element: HTMLSelectElement, names: readonly string[], value: string): void {
  setOptions(
    element,
    names.map((name) => [name, name]),
    value,
  );
}

/** Replaces the options of a select, keeping the DOM when nothing changed. */
export function setOptions(
  element: HTMLSelectElement,
  options: readonly [value: string, text: string][],
  value: string,
): void {
  const known = [...element.options].map((option) => option.value).join("\n");
  if (known !== options.map(([name]) => name).join("\n")) {
    element.replaceChildren(...options.map(([name, text]) => h("option", { value: name }, text)));
  }
  element.value = value;
}
