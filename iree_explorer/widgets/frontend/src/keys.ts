/** Keys that act anywhere in the widget, except where text is typed. */

export type KeyMap = Readonly<Record<string, () => void>>;

function isTyping(target: EventTarget | undefined): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type !== "range" && target.type !== "button";
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

/** A focused control keeps the keys that are its own: space presses a button, arrows move a slider or scroll a panel. */
function belongsToControl(target: EventTarget | undefined, key: string): boolean {
  const scrolls = target instanceof HTMLElement && target.matches("[tabindex='0']:not([data-ie-root], .cm-content)");
  if (scrolls && ["ArrowUp", "ArrowDown"].includes(key)) return true;
  if (target instanceof HTMLElement && target.closest("button, summary")) return key === " " || key === "Enter";
  return target instanceof HTMLInputElement && ["ArrowLeft", "ArrowRight", "Home", "End"].includes(key);
}

export function keyOf(event: KeyboardEvent, map: KeyMap): (() => void) | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const target = event.composedPath()[0];
  if (isTyping(target) || belongsToControl(target, event.key)) return undefined;
  return Object.hasOwn(map, event.key) ? map[event.key] : undefined;
}

function isMac(): boolean {
  return navigator.platform.startsWith("Mac");
}

/** The key that, held at a click, adds to what is selected: on a Mac Control makes it a right one. */
export function addingKey(): string {
  return isMac() ? "⌘" : "Ctrl";
}

export function addsToSelection({ ctrlKey, metaKey }: MouseEvent): boolean {
  return isMac() ? metaKey : ctrlKey;
}

/** Handles the keys of `map` below `root`, until the returned function ends it, and keeps every key typed inside from the page around it. */
export function listenToKeys(root: HTMLElement, map: KeyMap): () => void {
  const listener = (event: KeyboardEvent): void => {
    const action = keyOf(event, map);
    if (action) {
      event.preventDefault();
      action();
    }
    // Notebook pages act on bare letters: "b" adds a cell, "d d" deletes one.
    event.stopPropagation();
  };
  root.addEventListener("keydown", listener);
  return () => root.removeEventListener("keydown", listener);
}

interface NbclassicWindow {
  Jupyter?: { keyboard_manager?: { disable(): void; enable(): void } };
}

/** The classic notebook listens to all keys of the page; it offers to be silenced. It is, while the focus is below `root`, until the returned function ends it. */
export function silenceClassicNotebook(root: HTMLElement): () => void {
  let isSilent = false;
  const silence = (on: boolean) => {
    isSilent = on;
    const manager = (globalThis as NbclassicWindow).Jupyter?.keyboard_manager;
    if (on) manager?.disable();
    else manager?.enable();
  };
  root.addEventListener("focusin", () => silence(true));
  root.addEventListener("focusout", () => silence(false));
  // What is taken out of a page does not always lose the focus first.
  return () => {
    if (isSilent) silence(false);
  };
}
