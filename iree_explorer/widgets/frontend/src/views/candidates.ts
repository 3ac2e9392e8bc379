import type { Actions } from "../actions";
import { elide, h, show, textButton, whileLookedAt } from "../dom";
import { namesOf } from "../model/answers";
import { breakOnPartition } from "../model/breakpoints";
import type { Candidate } from "../model/document";
import type { Trace } from "../model/trace";
import { type Key, type State, touches } from "../store";
import { andMore, meaningOf } from "../words";
import { breakToggle } from "./break-toggle";
import { proseOf, resolverAt } from "./prose";
import { RULE_MEANINGS } from "./rules";
import { moreRow, tableOf } from "./table";
import type { View } from "./view";

const SIGNS: Record<Candidate["verdict"], string> = { chosen: "✓", eligible: "○", refused: "✕" };
/** More ops than this are counted, not listed. */
const OPS_SHOWN = 6;
const ROWS_SHOWN = 400;

/** A button that selects an op and, under the pointer or the focus, lights it up everywhere. */
export function opChip(actions: Actions, trace: Trace, op: number, words?: string): HTMLButtonElement {
  const label = trace.label(op);
  const text = words ?? label.split(" = ")[0] ?? label;
  return textButton({ class: "ie-chip", title: label, "data-ie-chip": op }, text, () => actions.select(op));
}

/** The table of partitions or waves that an op could have joined. */
export class Candidates implements View {
  readonly element = h("div", { class: "ie-candidates", hidden: true });
  /** What the table was made of: several steps in a row have the same. */
  private made: readonly unknown[] = [];

  constructor(private readonly actions: Actions) {}

  update(state: Readonly<State>, changed: ReadonlySet<Key>): void {
    if (!touches(changed, "trace", "step", "breakpoints")) return;
    const { trace, step, breakpoints } = state;
    const weighing = trace?.weighingAt(step);
    const candidates = weighing?.candidates ?? [];
    show(this.element, candidates.length > 0);
    if (!trace || candidates.length === 0) return;
    const made = [trace, weighing?.step, trace.text.version, breakpoints];
    if (made.every((part, index) => part === this.made[index])) return;
    this.made = made;
    const noun = trace.stageOf(step)?.pass === "concurrency" ? "wave" : "partition";
    const op = trace.steps[step]?.op ?? -1;
    const caption = `Where ${elide(trace.nameOf(op) || trace.label(op))} could go`;
    const headings = [noun === "wave" ? "Wave" : "Partition", "Verdict", "Because"];
    const rows = candidates.slice(0, ROWS_SHOWN).map((candidate) => this.row(state, trace, candidate, noun));
    if (candidates.length > ROWS_SHOWN) rows.push(moreRow(candidates.length - ROWS_SHOWN));
    this.element.replaceChildren(tableOf(caption, headings, rows, { "data-ie-candidates": "" }));
  }

  private row(state: Readonly<State>, trace: Trace, candidate: Candidate, noun: string): HTMLTableRowElement {
    const verdict = h("span", { class: "ie-verdict", "data-ie-verdict": candidate.verdict });
    verdict.append(h("span", { "aria-hidden": "true" }, SIGNS[candidate.verdict]), ` ${candidate.verdict}`);
    const row = h(
      "tr",
      { "data-ie-candidate": candidate.partition, "data-ie-verdict": candidate.verdict },
      h("th", { scope: "row" }, this.dot(state, trace, candidate), namesOf(candidate, noun)),
      h("td", {}, verdict),
      this.because(trace, state.step, candidate),
    );
    const look = () => {
      this.actions.light(candidate.ops);
      this.actions.accuse(candidate);
    };
    const leave = () => {
      this.actions.light([]);
      this.actions.accuse(null);
    };
    whileLookedAt(row, look, leave);
    return row;
  }

  /** Partitions can be broken on; waves, and many in one row, can't. */
  private dot({ step, breakpoints }: Readonly<State>, trace: Trace, candidate: Candidate): HTMLElement | null {
    const stage = trace.stageOf(step);
    if (stage?.pass !== "execution" || (candidate.last ?? candidate.partition) !== candidate.partition) return null;
    const breakpoint = breakOnPartition(stage.function, candidate.partition + trace.offsetAt(step));
    return breakToggle(this.actions, breakpoint, `partition ${candidate.partition}`, breakpoints.includes(breakpoint));
  }

  /** The word for the rule, the sentence, and those of its ops that the sentence has no name for. */
  private because(trace: Trace, step: number, { why, because, ops }: Candidate): HTMLTableCellElement {
    const badge = why
      ? h("span", { class: "ie-why", "data-ie-why": why, title: meaningOf(why, RULE_MEANINGS) }, why)
      : null;
    const cell = h("td", {}, badge, ...proseOf(this.actions, elide(because, 1000), resolverAt(trace, step)));
    const others = ops.filter((op) => !because.includes(trace.nameOf(op) || trace.label(op)));
    const chips = others.slice(0, OPS_SHOWN).map((op) => opChip(this.actions, trace, op));
    if (chips.length > 0) cell.append(h("span", { class: "ie-ops" }, ...chips));
    if (others.length > OPS_SHOWN) cell.append(h("span", { class: "ie-more" }, andMore(others.length - OPS_SHOWN)));
    return cell;
  }
}
