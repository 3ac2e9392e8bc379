import type { Actions } from "../actions";
import { elide, h, show, textButton, whileLookedAt } from "../dom";
import { addingKey } from "../keys";
import { breakOnPartition } from "../model/breakpoints";
import type { Graph, Region } from "../model/document";
import { append } from "../model/lists";
import type { Memberships } from "../model/memberships";
import type { Trace } from "../model/trace";
import { type Key, type State, touches } from "../store";
import { andMore, plural } from "../words";
import { breakToggle } from "./break-toggle";
import { stageWords } from "./stages";
import { moreRow, tableOf } from "./table";
import type { View } from "./view";

/** More regions than this are counted, not listed. */
const ROWS_SHOWN = 200;

/** What stands in a region at a step: node indices, and how many waves they make. */
export interface Standing {
  nodes: number[];
  waves: number;
}

/** Regions by ordinal, with the nodes that stand in them now. */
function standings(memberships: Memberships): Map<number, Standing> {
  const nodes = new Map<number, number[]>();
  memberships.region.forEach((region, index) => {
    if (region >= 0) append(nodes, region, index);
  });
  const wavesOf = (members: readonly number[]) =>
    new Set(members.map((index) => memberships.wave[index] ?? -1).filter((wave) => wave >= 0)).size;
  return new Map([...nodes].map(([region, members]) => [region, { nodes: members, waves: wavesOf(members) }]));
}

/** Why numbers are missing among those of the regions. */
function goneFrom({ regions }: Graph): HTMLElement[] {
  const known = new Set(regions.map(({ ordinal }) => ordinal));
  const gone = [...Array(Math.max(0, ...known)).keys()].filter((ordinal) => !known.has(ordinal));
  if (gone.length === 0) return [];
  const words = `No row for ${elide(gone.join(", "), 60)}: the clean-up takes ${gone.length > 1 ? "these regions" : "this region"} away.`;
  return [h("p", { class: "ie-more", "data-ie-gone": "" }, words)];
}

/** The regions as they stand, for steps that weigh nothing and edit nothing. */
export class Overview implements View {
  readonly element = h("div", { class: "ie-overview", hidden: true, "data-ie-overview": "" });

  constructor(private readonly actions: Actions) {}

  update(state: Readonly<State>, changed: ReadonlySet<Key>): void {
    if (!touches(changed, "trace", "step", "breakpoints")) return;
    const { trace, step, breakpoints } = state;
    const index = trace?.graphIndexAt(step) ?? -1;
    const graph = trace?.graph(index);
    const memberships = trace?.membershipsOf(index);
    const busy = !trace || trace.weighingAt(step).candidates.length > 0 || trace.text.editsOf(step).length > 0;
    show(this.element, !busy && graph !== undefined && memberships !== undefined);
    if (busy || !graph || !memberships) return;
    const found = standings(memberships);
    const regions = graph.regions.filter((region) => found.has(region.ordinal));
    if (regions.length === 0) this.element.replaceChildren(...this.passes(trace, step));
    else
      this.element.replaceChildren(
        ...this.later(trace, step),
        this.content(graph, regions, found, breakpoints),
        ...goneFrom(graph),
      );
  }

  /** Before there is a region: what there is to step through. */
  private passes({ document: { stages } }: Trace, step: number): HTMLElement[] {
    const rows = stages.slice(0, ROWS_SHOWN).map((stage) => {
      const here = step >= stage.first && step < stage.end;
      const go = this.jump(stage.first, stageWords(stage), "data-ie-pass-row");
      const attributes = { "data-ie-pass": stage.pass, "aria-current": here ? "step" : undefined };
      return h("li", attributes, go, ` ${plural(stage.end - stage.first, "step")}`);
    });
    const note = h("p", { class: "ie-empty" }, "No op is in a region yet. The passes, function by function:");
    const hidden = stages.length - ROWS_SHOWN;
    const more = hidden > 0 ? [h("p", { class: "ie-more" }, andMore(hidden))] : [];
    return [note, h("ol", { class: "ie-passes" }, ...rows), ...more, this.firstWords()];
  }

  private jump(step: number, words: string, hook: string): HTMLElement {
    return textButton({ class: "ie-link", [hook]: step }, words, () => this.actions.goTo(step));
  }

  /** For who sees the page for the first time. */
  private firstWords(): HTMLElement {
    return h(
      "p",
      { class: "ie-empty", "data-ie-first-words": "" },
      "Press ",
      h("kbd", {}, "→"),
      " or the blue button to follow the decisions one by one, each with its reason. Click an op to see its own, right-click it to ask why it is there, ",
      `${addingKey()}+click another to ask why the two are not together; `,
      h("kbd", {}, "?"),
      " lists all keys, and says what the words mean.",
    );
  }

  /** At a step that changes the program but not yet its text: where that is shown, as regions, waves and a long text's clean-up are at once. */
  private later(trace: Trace, step: number): HTMLElement[] {
    const { steps } = trace;
    const kind = steps[step]?.kind;
    if (kind !== "rewritten" && kind !== "outlined") return [];
    const at = trace.text.nextEdited(step);
    if (at >= (trace.stageOf(step)?.end ?? 0)) return [];
    if (steps[at]?.kind === "rewritten" && kind === "rewritten") return [];
    const go = this.jump(at, `step ${at + 1}`, "data-ie-later");
    const words =
      kind === "outlined" ? "The text shows it at " : "The text is long: the clean-up's edits are all shown at ";
    return [h("p", { class: "ie-empty" }, words, go, ".")];
  }

  private content(
    graph: Graph,
    regions: readonly Region[],
    found: ReadonlyMap<number, Standing>,
    breakpoints: readonly string[],
  ): HTMLElement {
    const [first = "", ...others] = new Set(regions.map(({ affinity }) => affinity));
    const areApart = others.length > 0;
    const rows = regions
      .slice(0, ROWS_SHOWN)
      .map((region) => this.row(graph, region, found.get(region.ordinal), breakpoints, areApart));
    const hidden = regions.length - ROWS_SHOWN;
    if (hidden > 0) rows.push(moreRow(hidden));
    // Where all run on one device, a column would say nothing and take room from the others.
    const caption = `Regions at this step${areApart || !first ? "" : `, all on ${elide(first, 60)}`}`;
    return tableOf(caption, ["Region", "Ops", "Waves", ...(areApart ? ["Where"] : []), "Waits for"], rows);
  }

  private row(
    graph: Graph,
    region: Region,
    standing: Standing | undefined,
    breakpoints: readonly string[],
    tellsWhere: boolean,
  ): HTMLTableRowElement {
    const breakpoint = breakOnPartition(graph.function, region.ordinal);
    const dot = breakToggle(this.actions, breakpoint, elide(region.label), breakpoints.includes(breakpoint));
    const nodes = standing?.nodes ?? [];
    const waves = standing && standing.waves > 0 ? String(standing.waves) : "–";
    const row = h(
      "tr",
      { "data-ie-overview-region": region.ordinal },
      h("th", { scope: "row" }, dot, elide(region.label)),
      h("td", { class: "ie-figure" }, String(nodes.length)),
      h("td", { class: "ie-figure" }, waves),
      tellsWhere ? h("td", { class: "ie-where" }, elide(region.affinity, 24) || "–") : null,
      h("td", {}, elide(region.awaits.join(", ")) || "–"),
    );
    whileLookedAt(
      row,
      () => this.actions.light(nodes.map((index) => graph.nodes[index]?.op ?? -1)),
      () => this.actions.light([]),
    );
    return row;
  }
}
