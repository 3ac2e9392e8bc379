import type { Actions } from "../actions";
import { button, elide, h, setText, show, textButton } from "../dom";
import type { Line } from "../model/answers";
import type { Trace } from "../model/trace";
import { type Key, type Question, type State, touches } from "../store";
import { andMore } from "../words";
import { opChip } from "./candidates";
import { proseOf } from "./prose";
import type { View } from "./view";

const LONGEST = 1000;
const LINES_SHOWN = 200;

/** The answer to a question about an op, or two: why is it here, why are they not together? */
export class AnswerPanel implements View {
  readonly element = h("section", { class: "ie-answer", "aria-label": "Answer", hidden: true, "data-ie-answer": "" });
  private readonly note = h("p", { class: "ie-more" });

  constructor(private readonly actions: Actions) {}

  update({ trace, question }: Readonly<State>, changed: ReadonlySet<Key>): void {
    if (!touches(changed, "trace", "question", "step")) return;
    show(this.element, trace !== null && question !== null);
    if (!trace || !question) return;
    this.tellNames(trace, [question.op, question.other]);
    if (touches(changed, "trace", "question"))
      this.element.replaceChildren(this.heading(trace, question), ...this.content(trace, question));
  }

  private heading(trace: Trace, { op, other, choosing }: Question): HTMLElement {
    const chip = (number: number) => {
      const label = trace.document.ops[String(number)]?.label ?? "";
      const symbol = /@[\w$.-]+$/.exec(label)?.[0] ?? "";
      // An answer is in the names of before; until there is one, the op is called as beside it.
      const name = choosing ? trace.nameOf(number) : trace.nameBefore(number);
      const words = [name, elide(symbol, 40)].filter(Boolean).join(" ");
      return opChip(this.actions, trace, number, words || undefined);
    };
    const words = choosing
      ? ["Why is ", chip(op), " not with … "]
      : other < 0
        ? ["Why is ", chip(op), " here?"]
        : ["Why is ", chip(op), " not with ", chip(other), "?"];
    const another = button({ label: "Why not with another op", text: "not with …", class: "ie-toggle" }, () =>
      this.actions.askAbout(op),
    );
    const close = button({ label: "Close the answer", icon: "close", key: "Escape", class: "ie-tool" }, () =>
      this.actions.escape(),
    );
    return h("header", {}, h("h3", { class: "ie-answer-title" }, ...words), choosing ? null : another, close);
  }

  private content(trace: Trace, { op, other, choosing }: Question): HTMLElement[] {
    if (choosing)
      return [
        h(
          "p",
          { class: "ie-empty", role: "status" },
          "Click the other op, in the program or the graph, or go to it with ↑ ↓ and press Enter. Escape ends it.",
        ),
      ];
    const lines = other < 0 ? trace.answers.why(op) : trace.answers.whyNot(op, other);
    const rows = lines.slice(0, LINES_SHOWN).map((line) => this.line(trace, line));
    if (lines.length > LINES_SHOWN) rows.push(h("li", { class: "ie-more" }, andMore(lines.length - LINES_SHOWN)));
    return [this.note, h("div", { role: "status" }, h("ul", {}, ...rows))];
  }

  /** The text beside it may have other names by now, those of the ops too. */
  private tellNames(trace: Trace, ops: readonly number[]): void {
    const renamed = ops.flatMap((op) => {
      const [now, then] = [trace.nameOf(op), trace.nameBefore(op)];
      return now && then && now !== then ? [`${now} was ${then}`] : [];
    });
    const others = renamed.length > 0 ? `, where ${renamed.join(" and ")}` : "";
    setText(this.note, `Names are those of the program before the passes${others}.`);
  }

  private line(trace: Trace, { text, step, inner }: Line): HTMLLIElement {
    const resolve = (name: string) => trace.resolveBefore(name, step);
    const row = h("li", { "data-ie-inner": inner ?? false }, ...proseOf(this.actions, elide(text, LONGEST), resolve));
    if (step < 0) return row;
    const title = `Go to step ${step + 1}`;
    row.append(
      " ",
      textButton({ class: "ie-jump", title }, `step ${step + 1}`, () => this.actions.goTo(step)),
    );
    return row;
  }
}
