import type { Actions } from "../actions";
import { elide, h, setText, show, textButton } from "../dom";
import type { Trace } from "../model/trace";

/** Characters; more would be no line. */
const LONGEST = 2000;

/** What went wrong. Its place is that of the source; where an op of the program is at fault, a click goes to its line in the text that is shown. */
export class ErrorLine {
  readonly element: HTMLElement;
  private readonly words = h("span", {});
  private readonly line: HTMLButtonElement;
  private op = -1;

  /** @param hook name of the attribute by which tests find it */
  constructor(actions: Actions, hook: string) {
    this.line = textButton({ class: "ie-link", "data-ie-error-line": "" }, "", () => {
      actions.select(-1);
      actions.select(this.op);
    });
    const attributes = { class: "ie-error", role: "alert", tabindex: 0, [hook]: "", hidden: true };
    this.element = h("p", attributes, this.words, " ", this.line);
  }

  /** Shows a message, with the line that begins its op (-1: it has none) in the text as it is now; an empty one hides it. */
  show(message: string, op: number, trace: Trace | null): void {
    this.op = op;
    const line = op < 0 || !message ? 0 : (trace?.text.owners.indexOf(op) ?? -1) + 1;
    setText(this.words, elide(message, LONGEST));
    setText(this.line, line ? `line ${line} here` : "");
    show(this.line, line > 0);
    show(this.element, message !== "");
  }
}
