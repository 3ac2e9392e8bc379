/** The keyboard's place in the page: it is never lost, and never behind what covers the page. */

const FOCUSABLE = "button, input, select, textarea, summary, [tabindex='0']";

function takesFocus(element: Element): element is HTMLElement {
  return element.matches(FOCUSABLE) && !element.matches(":disabled, [inert] *") && element.checkVisibility();
}

/** What has the focus in the widget that an element is part of; null: nothing of it has. */
export function focusedAround(element: Element): HTMLElement | null {
  const tree = element.getRootNode();
  const active = tree instanceof ShadowRoot ? tree.activeElement : null;
  return active instanceof HTMLElement ? active : null;
}

/** All that Tab reaches below an element, in its order. */
export function focusableIn(element: Element): HTMLElement[] {
  return [...element.querySelectorAll(FOCUSABLE)].filter(takesFocus);
}

/** The places of an element and of what it is in, from `root` down: a parent, and which of its children. */
function wayTo(root: Element, element: Element): (readonly [parent: Element, child: number])[] {
  const way: (readonly [Element, number])[] = [];
  for (let at = element; at !== root && at.parentElement; at = at.parentElement)
    way.unshift([at.parentElement, [...at.parentElement.children].indexOf(at)]);
  return way;
}

/** What stands where an element was that has gone: as far down the way to it as there still is one. */
function placeOf(way: readonly (readonly [Element, number])[], root: Element): Element {
  let place: Element | undefined;
  for (const [parent, child] of way) {
    const { children } = place ?? parent;
    const next = children[Math.min(child, children.length - 1)];
    if (!next) break;
    place = next;
  }
  return place ?? root;
}

/** The nearest element that takes the focus: this one, one in it, or else what it is in. */
function nearest(element: Element, root: HTMLElement): HTMLElement {
  for (let at: Element | null = element; at && at !== root; at = at.parentElement) {
    if (takesFocus(at)) return at;
    const inside = focusableIn(at)[0];
    if (inside && at === element) return inside;
  }
  return root;
}

/** Changes what is below `root`. Where that takes away or hides the control that has the focus, the one in its place gets it. */
export function keepFocus(root: HTMLElement, change: () => void): void {
  const held = focusedAround(root);
  if (!held || held === root || !root.contains(held)) {
    change();
    return;
  }
  const way = wayTo(root, held);
  change();
  const now = focusedAround(root);
  if ((now && now !== held) || (held.isConnected && held.checkVisibility())) return;
  nearest(held.isConnected ? held : placeOf(way, root), root).focus({ preventScroll: true });
}

/** While an element lies over its siblings, nothing in them is reached. */
export function cover(element: Element, isCovering: boolean): void {
  for (const sibling of element.parentElement?.children ?? [])
    if (sibling !== element && sibling instanceof HTMLElement) sibling.inert = isCovering;
}

/** Tab goes round within an element. */
export function keepTabIn(element: Element, event: KeyboardEvent): void {
  const all = focusableIn(element);
  const [first, last] = [all[0], all.at(-1)];
  const here = event.composedPath()[0];
  const [edge, other] = event.shiftKey ? [first, last] : [last, first];
  if (event.key !== "Tab" || (here !== edge && here !== element)) return;
  event.preventDefault();
  other?.focus();
}

/** Up, down, Home and End among the items of a menu; whether the key was one of these. */
export function moveInMenu(event: KeyboardEvent, items: readonly HTMLElement[]): boolean {
  const here = items.indexOf(event.composedPath()[0] as HTMLElement);
  const places: Record<string, number> = { ArrowDown: here + 1, ArrowUp: Math.max(here, 0) - 1, Home: 0, End: -1 };
  const place = places[event.key];
  if (place === undefined) return false;
  items.at(place % items.length)?.focus();
  event.preventDefault();
  return true;
}
