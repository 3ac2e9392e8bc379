// @vitest-environment happy-dom
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { Actions } from "../src/actions";
import { alignTexts, inBoth } from "../src/model/comparison";
import type { Comparison, Hunk } from "../src/model/document";
import { Trace } from "../src/model/trace";
import { Store } from "../src/store";
import { differencesTable, figuresTable } from "../src/views/compare/figures";
import { whyBoth } from "../src/views/compare/why";
import { fixture } from "./support/documents";

/** Two texts made of pieces that they share and pieces that differ, with the hunks between. */
const pairs = fc
  .array(
    fc.record({
      same: fc.array(fc.string(), { maxLength: 4 }),
      old: fc.array(fc.string(), { maxLength: 3 }),
      new: fc.array(fc.string(), { maxLength: 3 }),
    }),
    { maxLength: 6 },
  )
  .map((pieces) => {
    const before: string[] = [];
    const after: string[] = [];
    const hunks: Hunk[] = [];
    for (const piece of pieces) {
      before.push(...piece.same);
      after.push(...piece.same);
      const [a, c] = [before.length, after.length];
      before.push(...piece.old);
      after.push(...piece.new);
      if (before.length > a || after.length > c) hunks.push([a, before.length, c, after.length]);
    }
    return { before, after, hunks };
  });

const owned = (lines: string[]) => ({ lines, owners: lines.map((_, index) => index) });

describe("two texts side by side", () => {
  it("have as many rows, each line once and in order, equal ones beside each other", () => {
    fc.assert(
      fc.property(pairs, ({ before, after, hunks }) => {
        const rows = alignTexts(owned(before), owned(after), hunks);
        expect(rows.before.lines.length).toBe(rows.after.lines.length);
        for (const [side, text] of [
          ["before", before],
          ["after", after],
        ] as const) {
          const { numbers, lines, owners } = rows[side];
          const shown = [...numbers.keys()].filter((row) => (numbers[row] as number) > 0);
          expect(shown.map((row) => lines[row])).toEqual(text);
          expect(shown.map((row) => owners[row])).toEqual([...text.keys()]);
        }
        const changed = new Set(rows.before.changed);
        expect(rows.after.changed).toEqual([...changed]);
        for (const row of rows.before.lines.keys())
          if (!changed.has(row)) expect(rows.before.lines[row]).toBe(rows.after.lines[row]);
      }),
    );
  });
});

function comparison(): Comparison {
  return {
    names: ["favor <b>x</b>", "favor debug"],
    rows: [{ name: "waves", before: "3", after: "0", change: "−3" }],
    ops: null,
    differences: [
      {
        ops: [22, 22],
        function: "f",
        label: "%1 = <img src=x>",
        differs: ["wave"],
        before: "wave 1",
        after: "partition 0",
      },
    ],
    hunks: [],
    graphs: [],
    other: fixture("diamond"),
  };
}

describe("a comparison", () => {
  it("knows what an op is called in both runs", () => {
    expect(inBoth(comparison(), "before", 7)).toEqual([7, 7]);
    const other: Comparison = { ...comparison(), ops: [[7, 9]] };
    expect([7, 8].map((op) => inBoth(other, "before", op))).toEqual([
      [7, 9],
      [8, -1],
    ]);
    expect([9, 8, -1].map((op) => inBoth(other, "after", op))).toEqual([
      [7, 9],
      [-1, 8],
      [-1, -1],
    ]);
  });

  it("shows figures and moved ops as words, and tells which was clicked", () => {
    const chosen = vi.fn();
    const figures = figuresTable(comparison());
    expect(figures.querySelector("[data-ie-figure=waves]")?.textContent).toBe("waves30−3");
    const table = differencesTable(comparison(), chosen);
    expect(table.querySelector("img, b")).toBeNull();
    table.querySelector("button")?.click();
    expect(chosen).toHaveBeenCalledWith(comparison().differences[0]);
  });

  it("calls an op by its value and what its node says", () => {
    const label = "%1 = @main_dispatch_2::@main_dispatch_2_matmul_16x32x32_f32";
    const [graph] = fixture("diamond").graphs;
    const nodes = graph?.nodes.map((node) => ({ op: node.op, label: node.op === 22 ? "matmul" : node.label })) ?? [];
    const pair = {
      before: { ...graph, nodes },
      after: { ...graph, nodes: [] },
    } as unknown as Comparison["graphs"][number];
    const differences = comparison().differences.map((one) => ({ ...one, label }));
    const table = differencesTable({ ...comparison(), differences, graphs: [pair] }, vi.fn());
    const chip = table.querySelector("button");
    expect([chip?.textContent, chip?.title]).toEqual(["%1 matmul", label]);
  });

  it("says in a sentence that no op moved", () => {
    const none = differencesTable({ ...comparison(), differences: [] }, vi.fn());
    expect(none.textContent).toBe("No op is placed differently.");
  });

  it("says of each function, where there are several, which of its ops moved", () => {
    const [moved] = comparison().differences;
    const [graph] = fixture("diamond").graphs;
    if (!moved || !graph) throw new Error("there is no difference");
    const differences = ["f", "f", "g"].map((name, op) => ({
      ...moved,
      function: name,
      ops: [op, op] as [number, number],
    }));
    const functions = (graphs: Comparison["graphs"]) => {
      const table = differencesTable({ ...comparison(), differences, graphs }, vi.fn());
      return [...table.querySelectorAll("tbody tr")].map((row) => row.querySelector("[data-ie-function]")?.textContent);
    };
    const pair = { before: graph, after: graph };
    expect(functions([pair, pair])).toEqual(["in @f", undefined, undefined, "in @g", undefined]);
    expect(functions([pair])).toEqual([undefined, undefined, undefined]);
  });

  it("tells what each run decided of an op", () => {
    const actions = new Actions(new Store(), null);
    const traces = { before: new Trace(fixture("diamond")), after: new Trace(fixture("diamond")) };
    const element = whyBoth(actions, comparison(), traces, [22, -1]);
    const [before, after] = [...element.querySelectorAll("[data-ie-side]")];
    expect(before?.querySelectorAll("li").length).toBe(traces.before.stepsOf(22).length);
    expect(after?.textContent).toContain("not in this schedule");
    expect(element.querySelector("b")).toBeNull();
  });

  it("tells it in the names of each run's own text after its passes", () => {
    const actions = new Actions(new Store(), null);
    const traces = { before: new Trace(fixture("diamond")), after: new Trace(fixture("diamond")) };
    const trace = traces.before;
    trace.text.moveTo(trace.lastStep);
    const op =
      trace.steps.find(({ kind, op }) => kind === "placed" && trace.nameOf(op) !== trace.nameBefore(op))?.op ?? -1;
    expect(op).toBeGreaterThan(0);
    const element = whyBoth(actions, comparison(), traces, [op, op]);
    const told = [...(element.querySelector("[data-ie-side=before]")?.querySelectorAll("li") ?? [])];
    const placed = told.filter((row) =>
      ["placed", "weighed"].includes(row.querySelector(".ie-kind")?.textContent ?? ""),
    );
    expect(placed.length).toBeGreaterThan(1);
    for (const row of placed) expect(row.textContent?.split(/[\s,:]+/)).toContain(trace.nameOf(op));
  });
});
