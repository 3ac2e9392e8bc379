import type { Actions } from "../../actions";
import { elide, h } from "../../dom";
import { SIDES, type Side } from "../../model/comparison";
import type { Comparison, Step } from "../../model/document";
import type { Trace } from "../../model/trace";
import { KIND_MEANINGS } from "../kinds";
import { proseOf } from "../prose";

/** Decisions listed of one op. */
const SHOWN = 12;

/** What each run decided of an op, side by side, in the names of the texts above: those after its passes. */
export function whyBoth(
  actions: Actions,
  { names }: Comparison,
  traces: Record<Side, Trace>,
  ops: readonly [number, number],
): HTMLElement {
  const columns = SIDES.map((side, index) => {
    const op = ops[index] as number;
    const trace = traces[side];
    const steps = op < 0 ? [] : trace.stepsOf(op);
    const rows = steps.slice(0, SHOWN).map((step) => {
      const { kind, reason } = trace.steps[step] as Step;
      return h(
        "li",
        {},
        h("span", { class: "ie-kind", "data-ie-kind": kind, title: KIND_MEANINGS[kind] }, kind),
        " ",
        ...proseOf(actions, elide(trace.reasonNow(reason, step), 600), () => undefined),
      );
    });
    if (rows.length === 0)
      rows.push(h("li", { class: "ie-more" }, op < 0 ? "not in this schedule" : "no decision speaks of it"));
    return h(
      "div",
      { class: "ie-why-side", "data-ie-side": side },
      h("h3", { class: "ie-subtitle" }, elide(names[index] ?? "", 80)),
      h("ol", {}, ...rows),
    );
  });
  return h("div", { class: "ie-pair" }, ...columns);
}
