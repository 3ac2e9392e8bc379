import { h, setAttribute, textButton } from "../dom";
import { focusedAround, moveInMenu } from "../focus";

export interface MenuItem {
  text: string;
  name: string;
  action: () => void;
}

/** An item of a menu, with a hook for tests. */
export function menuItem(hook: string, name: string, text: string, onClick: () => void): HTMLButtonElement {
  return textButton({ class: "ie-menu-item", role: "menuitem", tabindex: -1, [hook]: name }, text, onClick);
}

/** A short list of things to do, at a point of the widget. Arrows move in it; Escape, a click elsewhere and a new size of the window close it. */
export class ContextMenu {
  readonly element = h("div", { class: "ie-context", role: "menu", hidden: true, tabindex: -1, "data-ie-menu": "" });
  private returnTo: HTMLElement | null = null;

  constructor() {
    this.element.addEventListener("keydown", (event) => this.onKey(event));
    this.element.addEventListener("focusout", (event) => {
      if (!this.element.contains(event.relatedTarget as Node | null)) this.close(false);
    });
  }

  /** The point that it stands at would be another one. */
  private readonly onResize = () => this.close();

  /** Opens at a point of the page, inside the bounds of `root`. */
  open(root: HTMLElement, x: number, y: number, title: string, items: readonly MenuItem[]): void {
    this.returnTo = focusedAround(root) ?? root;
    setAttribute(this.element, "aria-label", title);
    this.element.replaceChildren(h("p", { class: "ie-context-title" }, title), ...items.map((item) => this.item(item)));
    this.element.hidden = false;
    const box = root.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = this.element;
    this.element.style.left = `${Math.max(4, Math.min(x - box.left, box.width - offsetWidth - 4))}px`;
    this.element.style.top = `${Math.max(4, Math.min(y - box.top, box.height - offsetHeight - 4))}px`;
    this.items[0]?.focus();
    window.addEventListener("resize", this.onResize, { once: true });
  }

  private get items(): HTMLButtonElement[] {
    return [...this.element.querySelectorAll("button")];
  }

  private item({ text, name, action }: MenuItem): HTMLButtonElement {
    return menuItem("data-ie-menu-item", name, text, () => {
      this.close();
      action();
    });
  }

  close(giveBack = true): void {
    if (this.element.hidden) return;
    this.element.hidden = true;
    window.removeEventListener("resize", this.onResize);
    if (giveBack) this.returnTo?.focus();
  }

  private onKey(event: KeyboardEvent): void {
    event.stopPropagation();
    if (moveInMenu(event, this.items)) return;
    // Tab goes on from where the menu was opened.
    if (event.key === "Escape" || event.key === "Tab") this.close();
    if (event.key === "Escape") event.preventDefault();
  }
}
