import { button, h } from "../dom";
import { cover, focusedAround, keepTabIn } from "../focus";

/** A panel over the widget, inside its bounds: a notebook's page is not ours to cover. Escape and a press beside it close it. */
export class Overlay {
  readonly element: HTMLElement;
  private returnTo: HTMLElement | null = null;

  constructor(title: string, name: string, content: readonly HTMLElement[]) {
    const close = button({ label: "Close", icon: "close", key: "Escape", action: "close", class: "ie-tool" }, () =>
      this.close(),
    );
    this.element = h(
      "div",
      {
        class: "ie-overlay",
        role: "dialog",
        "aria-modal": "true",
        "aria-label": title,
        hidden: true,
        "data-ie-overlay": name,
        tabindex: -1,
      },
      h("header", { class: "ie-overlay-head" }, h("h2", { class: "ie-pane-title" }, title), close),
      ...content,
    );
    this.element.addEventListener("keydown", (event) => {
      // What it covers hears nothing, nor does the page around it.
      event.stopPropagation();
      keepTabIn(this.element, event);
      if (event.key === "Escape") this.close();
    });
  }

  private readonly onPress = (event: Event) => {
    if (!event.composedPath().includes(this.element)) this.close();
  };

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  /** @param focus what takes the focus; by default the panel, with null nothing does */
  open(focus: HTMLElement | null = this.element): void {
    if (this.isOpen) return;
    this.returnTo = focusedAround(this.element);
    this.element.hidden = false;
    cover(this.element, true);
    this.element.parentElement?.addEventListener("pointerdown", this.onPress);
    focus?.focus();
  }

  /** What is done when it closes. */
  onClose: () => void = () => undefined;

  close(): void {
    if (!this.isOpen) return;
    this.onClose();
    this.element.hidden = true;
    cover(this.element, false);
    this.element.parentElement?.removeEventListener("pointerdown", this.onPress);
    this.returnTo?.focus();
  }
}
