import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Actions } from "../src/actions";
import {
  allHits,
  breakOnDecision,
  breakOnOp,
  breakOnPartition,
  decisionOf,
  hitsOf,
  opOf,
  partitionOf,
} from "../src/model/breakpoints";
import { Trace } from "../src/model/trace";
import { Store } from "../src/store";
import { fixture } from "./support/documents";

const document = fixture("diamond");

function opened(...breakpoints: string[]): { store: Store; actions: Actions } {
  const store = new Store();
  store.set({ trace: new Trace(document), breakpoints });
  return { store, actions: new Actions(store, null) };
}

describe("a breakpoint", () => {
  it("says what it is for, whatever names hold", () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (name, number) => {
        expect(partitionOf(breakOnPartition(name, number))).toEqual({ function: name, ordinal: number });
        expect(decisionOf(breakOnDecision(name))).toBe(name);
        expect(opOf(breakOnOp(number))).toBe(number);
      }),
    );
  });

  it("that means nothing stops nowhere", () => {
    fc.assert(
      fc.property(fc.string(), (word) => {
        if (!/^(op|partition|decision):/.test(word)) expect(hitsOf(word, document)).toEqual([]);
      }),
    );
  });

  it("on an op stops where a step speaks of it", () => {
    const trace = new Trace(document);
    for (const op of Object.keys(document.ops).map(Number)) {
      expect(hitsOf(breakOnOp(op), document)).toEqual(trace.stepsOf(op));
    }
  });

  it("on a partition stops where an op joins it", () => {
    const hits = hitsOf(breakOnPartition("diamond", 0), document);
    expect(hits.length).toBeGreaterThan(0);
    for (const hit of hits) {
      expect(document.stages[document.steps[hit]?.stage ?? -1]?.pass).toBe("execution");
      expect(document.steps[hit]?.place?.map(([, region]) => region)).toContain(0);
    }
    expect(hitsOf(breakOnPartition("other", 0), document)).toEqual([]);
  });

  it("on a decision stops at steps of its kind and at refusals by its rule", () => {
    expect(hitsOf(breakOnDecision("opened"), document).map((hit) => document.steps[hit]?.kind)).toContain("opened");
    const rules = document.steps.flatMap(({ candidates }) =>
      (candidates ?? []).filter(({ verdict }) => verdict === "refused").map(({ why }) => why),
    );
    for (const rule of new Set(rules)) expect(hitsOf(breakOnDecision(rule), document)).not.toEqual([]);
  });

  it("among others stops where any of them does", () => {
    const words = [breakOnDecision("opened"), breakOnOp(22), breakOnPartition("diamond", 1)];
    const each = words.flatMap((word) => hitsOf(word, document));
    expect(allHits(words, document)).toEqual([...new Set(each)].sort((a, b) => a - b));
  });
});

describe("going on", () => {
  it("stops at breakpoints, then at the ends", () => {
    const { store, actions } = opened("decision:opened");
    const hits = hitsOf("decision:opened", document);
    for (const hit of hits) {
      actions.continue(1);
      expect(store.state.step).toBe(hit);
      expect(actions.isHalted).toBe(true);
    }
    actions.continue(1);
    expect(store.state.step).toBe(document.steps.length - 1);
    for (const hit of hits.toReversed()) {
      actions.continue(-1);
      expect(store.state.step).toBe(hit);
    }
    actions.continue(-1);
    expect(store.state.step).toBe(0);
  });

  it("by playing halts at a breakpoint that a longer stride would pass", () => {
    const { store, actions } = opened("decision:opened");
    actions.setUnit("pass");
    store.set({ playing: true });
    actions.playOn();
    expect([store.state.step, store.state.playing]).toEqual([hitsOf("decision:opened", document)[0], false]);
    store.set({ playing: true, breakpoints: [] });
    actions.playOn();
    expect(store.state.playing).toBe(true);
    expect(store.state.step).toBe((document.stages[0]?.end ?? 0) - 1);
  });

  it("by playing ends with the last step, in the change that goes there", () => {
    const { store, actions } = opened();
    const heard: [number, boolean][] = [];
    store.subscribe(({ step, playing }) => heard.push([step, playing]));
    const last = document.steps.length - 1;
    actions.goTo(last - 1);
    actions.togglePlay();
    actions.playOn();
    expect(heard).toEqual([
      [last - 1, false],
      [last - 1, true],
      [last, false],
    ]);
    store.set({ trace: new Trace({ ...document, steps: document.steps.slice(0, 1) }) });
    actions.togglePlay();
    expect(store.state.playing).toBe(false);
  });

  it("sets and removes a breakpoint at the selected op, or at that of the step", () => {
    const { store, actions } = opened();
    actions.select(22);
    actions.toggleBreakHere();
    expect(store.state.breakpoints).toEqual(["op:22"]);
    actions.toggleBreakHere();
    expect(store.state.breakpoints).toEqual([]);
    actions.select(-1);
    const step = document.steps.findIndex(({ op }) => op >= 0);
    actions.goTo(step);
    actions.toggleBreakHere();
    expect(store.state.breakpoints).toEqual([breakOnOp(document.steps[step]?.op ?? -1)]);
  });
});
