import type { Actions } from "../../actions";
import { button, elide, h, labelled, press, select, setNames, setOptions, setText, turnOff } from "../../dom";
import { cover } from "../../focus";
import { inBoth, type Side } from "../../model/comparison";
import type { Comparison, Difference, Graph } from "../../model/document";
import { Trace } from "../../model/trace";
import { type Key, type State, touches } from "../../store";
import type { View } from "../view";
import { differencesTable, figuresTable } from "./figures";
import { CompareGraphs } from "./graphs";
import { CompareTexts } from "./texts";
import { whyBoth } from "./why";

type Face = "figures" | "text" | "graph";
const FACES: [Face, string][] = [
  ["figures", "Figures"],
  ["text", "Text"],
  ["graph", "Graph"],
];
const CHOICES = ["favor", "execution", "concurrency"] as const;
const WORDS = { favor: "favor", execution: "regions", concurrency: "waves" };

/** Two runs side by side, over all else. */
export class ComparePanel implements View {
  readonly element: HTMLElement;
  private readonly choices: Record<(typeof CHOICES)[number], HTMLSelectElement>;
  private readonly form: HTMLElement;
  private readonly faces: Record<Face, HTMLButtonElement>;
  private readonly functions = select("Function", "compared", (index) => this.graphs?.show(Number(index)));
  private readonly next = button(
    { label: "To the next difference", text: "next difference", action: "next-hunk", class: "ie-toggle" },
    () => this.texts?.next(),
  );
  private readonly same = h("span", { class: "ie-pane-note", "data-ie-same-text": "" }, "Both texts are the same.");
  private readonly measure: HTMLButtonElement;
  /** The program's name, or those of two programs. */
  private readonly program = h("span", { class: "ie-title", "data-ie-programs": "" });
  private readonly names = h("div", { class: "ie-pair ie-names", "data-ie-names": "" });
  private readonly body = h("div", { class: "ie-compare-body" });
  private readonly problem = h("p", { class: "ie-error", role: "alert", hidden: true });
  private readonly why = h("div", {
    class: "ie-compare-why",
    "data-ie-compare-why": "",
    tabindex: 0,
    role: "region",
    "aria-label": "Why in each run",
  });
  private comparison: Comparison | null = null;
  private traces: Record<Side, Trace> | null = null;
  private texts: CompareTexts | null = null;
  private graphs: CompareGraphs | null = null;
  private face: Face = "figures";
  private returnTo: Element | null = null;
  private chosen: readonly [number, number] = [-1, -1];

  constructor(
    private readonly actions: Actions,
    private readonly root: ShadowRoot,
  ) {
    const { kernel } = actions;
    this.choices = {
      favor: select("Favor of the other run", "against-favor", () => undefined),
      execution: select("Partitioner of regions of the other run", "against-execution", () => undefined),
      concurrency: select("Partitioner of waves of the other run", "against-concurrency", () => undefined),
    };
    const go = button({ label: "Compare", text: "Compare", action: "compare-run", class: "ie-button ie-primary" }, () =>
      this.ask(),
    );
    this.measure = button({ label: "Run both on the same inputs", text: "Run both", action: "measure" }, () =>
      this.run(),
    );
    const labels = CHOICES.map((name) => labelled(WORDS[name], this.choices[name]));
    this.form = h("span", { class: "ie-choices" }, ...labels, go, this.measure);
    this.form.hidden = kernel === null;
    const face = (name: Face, text: string) => {
      const element = button({ label: text, text, action: `face-${name}`, class: "ie-toggle" }, () => this.turn(name));
      return [name, element] as const;
    };
    this.faces = Object.fromEntries(FACES.map(([name, text]) => face(name, text))) as Record<Face, HTMLButtonElement>;
    const close = button(
      { label: "Close", icon: "close", key: "Escape", action: "close-compare", class: "ie-tool" },
      () => actions.compareView(false),
    );
    this.element = h(
      "section",
      { class: "ie-compare", "aria-label": "Comparison of two runs", "data-ie-compare": "", hidden: true },
      h(
        "header",
        { class: "ie-toolbar" },
        h("h2", { class: "ie-pane-title" }, "Compare"),
        this.program,
        this.form,
        close,
      ),
      h("div", { class: "ie-faces" }, ...Object.values(this.faces), this.functions, this.next, this.same),
      this.problem,
      this.names,
      this.body,
      this.why,
    );
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") actions.compareView(false);
      event.stopPropagation();
    });
  }

  private ask(): void {
    const { favor, execution, concurrency } = this.choices;
    this.actions.kernel?.compare({ favor: favor.value, execution: execution.value, concurrency: concurrency.value });
  }

  private run(): void {
    this.actions.kernel?.measure(this.actions.runRequest());
  }

  update(state: Readonly<State>, changed: ReadonlySet<Key>): void {
    if (touches(changed, "trace", "partitioners") && state.trace) this.offer(state, state.trace);
    if (changed.has("comparison")) this.load(state);
    if (touches(changed, "busy", "error")) this.tell(state);
    if (changed.has("dark")) this.graphs?.retheme();
    if (changed.has("selection")) this.followSelection(state.selection);
    if (changed.has("comparing") || changed.has("comparison")) this.open(state.comparing);
  }

  private tell({ busy, error }: Readonly<State>): void {
    for (const one of this.form.querySelectorAll("button")) turnOff(one, busy !== "");
    setText(this.problem, elide(error, 1000));
    this.problem.hidden = error === "";
  }

  private followSelection(op: number): void {
    if (!this.comparison || op === this.chosen[0]) return;
    this.keepChosen(inBoth(this.comparison, "before", op));
    this.showChosen();
  }

  /** Graphs are then of the function that has the op. */
  private keepChosen(ops: readonly [number, number]): void {
    this.chosen = ops;
    const [before, after] = ops;
    const has = ({ nodes }: Graph, op: number) => op >= 0 && nodes.some((node) => node.op === op);
    const graphs = this.comparison?.graphs ?? [];
    const index = graphs.findIndex((pair) => has(pair.before, before) || has(pair.after, after));
    if (index < 0 || this.functions.value === String(index)) return;
    this.functions.value = String(index);
    if (this.face === "graph") this.graphs?.show(index);
  }

  private open(open: boolean): void {
    const opened = this.element.hidden && open;
    const closed = !this.element.hidden && !open;
    if (opened) this.returnTo = this.root.activeElement;
    this.element.hidden = !open;
    if (opened || closed) cover(this.element, open);
    // Keys pressed next are the widget's, not the notebook's.
    if (closed && this.returnTo instanceof HTMLElement) this.returnTo.focus();
    if (open) this.turn(this.face);
    // What Python opens takes no focus from a cell that is written in.
    if (opened && this.returnTo) (this.comparison ? this.faces[this.face] : this.choices.favor).focus();
  }

  private offer({ partitioners }: Readonly<State>, trace: Trace): void {
    const { choices } = trace.document;
    setNames(this.choices.favor, choices.favors, "");
    for (const scope of ["execution", "concurrency"] as const)
      setNames(this.choices[scope], (partitioners ?? choices.partitioners)[scope], "");
    this.showOptions(trace);
  }

  private load({ comparison, trace, selection }: Readonly<State>): void {
    this.clear();
    this.comparison = comparison;
    // The page's own text is at the current step: this one goes to the last.
    this.traces =
      comparison && trace ? { before: new Trace(trace.document), after: new Trace(comparison.other) } : null;
    this.names.replaceChildren(
      ...(comparison?.names ?? []).map((name) => h("h3", { class: "ie-subtitle" }, elide(name, 80))),
    );
    this.showOptions(trace);
    const functions = (comparison?.graphs ?? []).map(({ before }, index): [string, string] => [
      String(index),
      `@${elide(before.function, 40)}`,
    ]);
    this.functions.replaceChildren();
    const main = functions.findIndex(([, name]) => name !== "@initializer");
    setOptions(this.functions, functions, String(Math.max(0, main)));
    this.keepChosen(comparison ? inBoth(comparison, "before", selection) : [-1, -1]);
  }

  /** What the other run was made with; before there is one, what this one was. */
  private showOptions(trace: Trace | null): void {
    const titles = [trace?.document.title ?? "", this.comparison?.other.title ?? ""].filter(Boolean);
    setText(this.program, elide([...new Set(titles)].join(" → "), 80));
    const options = (this.comparison?.other ?? trace?.document)?.options;
    if (!options) return;
    this.choices.favor.value = options.favor;
    this.choices.execution.value = options.partitioner.execution;
    this.choices.concurrency.value = options.partitioner.concurrency;
  }

  private clear(): void {
    this.texts?.destroy();
    this.graphs?.destroy();
    this.texts = this.graphs = null;
    this.body.replaceChildren();
  }

  /** Shows the figures, the texts or the graphs. */
  private turn(face: Face): void {
    this.face = face;
    const { comparison, traces } = this;
    for (const [name] of FACES) {
      press(this.faces[name], name === face);
      this.faces[name].hidden = comparison === null;
    }
    this.functions.hidden = face !== "graph" || this.functions.options.length < 2;
    this.next.hidden = face !== "text" || !comparison?.hunks.length;
    this.same.hidden = face !== "text" || comparison?.hunks.length !== 0;
    this.measure.hidden = comparison === null;
    this.names.hidden = face === "figures";
    if (!comparison || !traces) {
      this.body.replaceChildren(this.invitation());
      this.showChosen();
      return;
    }
    this.body.replaceChildren(this.faceOf(face, comparison, traces));
    if (face === "graph") this.graphs?.show(Number(this.functions.value));
    this.showChosen();
  }

  /** What there is to compare with, before anything is: all that one choice can make different, one click each. */
  private invitation(): HTMLElement {
    const ways = CHOICES.flatMap((name) => {
      const select = this.choices[name];
      const others = [...select.options].map(({ value }) => value).filter((value) => value !== select.value);
      return others.map((value) =>
        button(
          { label: `Compare with ${WORDS[name]} ${value}`, text: `${WORDS[name]} ${value}`, class: "ie-toggle" },
          () => {
            select.value = value;
            this.ask();
          },
        ),
      );
    });
    return h(
      "div",
      { class: "ie-invitation", "data-ie-invitation": "" },
      h("p", { class: "ie-empty" }, "This run beside one that differs in one choice:"),
      h("p", { class: "ie-ways" }, ...ways),
      h(
        "p",
        { class: "ie-empty" },
        "Or choose several above and press Compare. To compare an edited program, edit it (i).",
      ),
    );
  }

  private faceOf(face: Face, comparison: Comparison, traces: Record<Side, Trace>): HTMLElement {
    const onClick = (side: Side, op: number) => this.click(side, op);
    if (face === "text") {
      if (!this.texts) {
        this.texts = new CompareTexts(traces, comparison.hunks, this.root, onClick);
        this.texts.next();
      }
      return this.texts.element;
    }
    if (face === "graph") {
      this.graphs ??= new CompareGraphs(comparison, onClick);
      return this.graphs.element;
    }
    const table = differencesTable(comparison, (difference) => this.choose(difference));
    return h("div", { class: "ie-compare-tables" }, figuresTable(comparison), table);
  }

  private click(side: Side, op: number): void {
    const { comparison } = this;
    if (!comparison || op < 0) return;
    this.choose({ ops: inBoth(comparison, side, op) });
  }

  /** Selects an op in both runs, and in the rest of the page where it is in the first. */
  private choose({ ops }: Pick<Difference, "ops">): void {
    this.keepChosen(ops);
    this.actions.select(ops[0]);
    this.showChosen();
  }

  private showChosen(): void {
    const { comparison, traces, chosen } = this;
    this.texts?.select(chosen);
    this.graphs?.select(chosen);
    for (const row of this.body.querySelectorAll("[data-ie-difference]"))
      row.toggleAttribute("data-ie-selected", row.getAttribute("data-ie-difference") === chosen.join(" "));
    this.why.hidden = !comparison || !traces || Math.max(...chosen) < 0;
    if (comparison && traces && !this.why.hidden)
      this.why.replaceChildren(this.heading(traces), whyBoth(this.actions, comparison, traces, chosen));
  }

  private heading(traces: Record<Side, Trace>): HTMLElement {
    const [before, after] = this.chosen;
    const label = before >= 0 ? traces.before.label(before) : traces.after.label(after);
    return h("p", { class: "ie-selection-title", "data-ie-chosen": "" }, elide(label, 200));
  }

  destroy(): void {
    this.clear();
  }
}
