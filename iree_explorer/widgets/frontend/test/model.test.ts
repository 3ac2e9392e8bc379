import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkDocument, decodeDocument } from "../src/model/decode";
import type { Place, Step } from "../src/model/document";
import { Memberships, UNSEEN } from "../src/model/memberships";
import { definedIn } from "../src/model/names";
import { findStops, nextStop, previousStop } from "../src/model/stops";
import { Trace } from "../src/model/trace";
import { Store } from "../src/store";
import { fixture, graphOf, plainFixture } from "./support/documents";

const STAGES = [
  { function: "f", pass: "execution" as const, graph: 0, first: 0, end: 10 },
  { function: "g", pass: "execution" as const, graph: 1, first: 10, end: 20 },
];

const places = fc.tuple(
  fc.nat(3),
  fc.integer({ min: -1, max: 2 }),
  fc.integer({ min: -1, max: 2 }),
) as fc.Arbitrary<Place>;
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    kind: fc.constant("placed" as const),
    stage: fc.nat(1),
    op: fc.nat(3),
    reason: fc.constant(""),
    place: fc.array(places, { maxLength: 3 }),
  }),
  { maxLength: 20 },
);

describe("a document", () => {
  it("is read from zlib-deflated JSON", async () => {
    const document = fixture("diamond");
    const bytes = deflateSync(JSON.stringify(document));
    expect(await decodeDocument(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength))).toEqual(document);
  });

  it("of another version, or with parts missing, is refused in words", () => {
    const document = fixture("diamond");
    expect(() => checkDocument({ ...document, version: 1 })).toThrow("version 1; this page reads version 2");
    expect(() => checkDocument({ ...document, steps: undefined })).toThrow('no list "steps"');
    expect(() => checkDocument({ ...document, text: { lines: ["a"], owners: [] } })).toThrow("differ in length");
    expect(() => checkDocument(null)).toThrow("not a JSON object");
  });
});

/** Region and wave of four nodes, the last one a copy, by the plainest means. */
function foldedPlaces(list: readonly Step[]): number[][] {
  const found = [
    [-1, -1],
    [-1, -1],
    [-1, -1],
    [UNSEEN, -1],
  ];
  const ofGraph = list.filter(({ stage }) => stage === 0);
  for (const [node, region, wave] of ofGraph.flatMap(({ place = [] }) => place)) found[node] = [region, wave];
  return found;
}

describe("memberships at a step", () => {
  it("are those that all steps of the graph up to it gave, wherever one comes from", () => {
    fc.assert(
      fc.property(steps, fc.array(fc.integer({ min: -1, max: 20 }), { maxLength: 20 }), (list, journey) => {
        const memberships = new Memberships(graphOf(4, [3]), 0, list, STAGES);
        for (const target of journey) {
          memberships.moveTo(target);
          const expected = foldedPlaces(list.slice(0, target + 1));
          expect(expected).toEqual([...memberships.region].map((region, index) => [region, memberships.wave[index]]));
        }
      }),
    );
  });

  it("say which nodes changed on the way, and ignore nodes that the graph lacks", () => {
    const list: Step[] = [
      {
        kind: "placed",
        stage: 0,
        op: 1,
        reason: "",
        place: [
          [1, 0, -1],
          [77, 0, -1],
        ],
      },
      { kind: "placed", stage: 0, op: 2, reason: "", place: [[2, 0, -1]] },
    ];
    const memberships = new Memberships(graphOf(4), 0, list, STAGES);
    expect(memberships.moveTo(1)).toEqual([1, 2]);
    expect(memberships.moveTo(0)).toEqual([2]);
  });
});

describe("stops", () => {
  const { steps: all, stages } = fixture("diamond");

  it("are every step, the last of each op, or each pass's result", () => {
    expect(findStops(all, stages, { unit: "decision", onlyChanges: false })).toHaveLength(all.length);
    const byOp = findStops(all, stages, { unit: "op", onlyChanges: false });
    expect(byOp).toContain(4);
    expect(byOp).not.toContain(3);
    expect(findStops(all, stages, { unit: "pass", onlyChanges: false })).toEqual([0, 32, 55]);
  });

  it("are only steps that change text or graph, but for the first and the last", () => {
    const stops = findStops(all, stages, { unit: "decision", onlyChanges: true });
    for (const stop of stops.slice(1, -1)) {
      const { edits = [], place = [] } = all[stop] as Step;
      expect(edits.length + place.length).toBeGreaterThan(0);
    }
    expect([stops[0], stops.at(-1)]).toEqual([0, all.length - 1]);
  });

  it("are found before and after any step", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(50)), fc.nat(50), (list, step) => {
        const stops = list.sort((a, b) => a - b);
        expect(nextStop(stops, step)).toBe(stops.find((stop) => stop > step) ?? step);
        expect(previousStop(stops, step)).toBe(stops.findLast((stop) => stop < step) ?? step);
      }),
    );
  });
});

describe("a trace", () => {
  const trace = new Trace(fixture("diamond"));

  it("keeps the table of an op's candidates for the decision that follows", () => {
    expect(trace.weighingAt(17)).toMatchObject({ step: 16, candidates: [{ partition: 0 }, { partition: 1 }] });
    expect(trace.weighingAt(2).candidates).toEqual([]);
  });

  it("knows the steps of an op", () => {
    expect(trace.stepsOf(22)).toEqual([16, 17, 38, 39]);
    expect(trace.label(12345)).toBe("op 12345");
  });

  it("names values as the text does at the step: passes rename them", () => {
    const names = (step: number) => {
      trace.text.moveTo(step);
      return [trace.nameOf(22), trace.label(22), trace.nameOf(31), trace.nameOf(21, 0), trace.nameOf(21, 1)];
    };
    expect(names(0)).toEqual(["%3", "%3 = @ex::@square", "", "%2", "%2"]);
    expect(names(55)).toEqual(["%6", "%6 = @ex::@square", "", "%5", "%11"]);
  });

  it("finds the op that a sentence names, in its function and region", () => {
    trace.text.moveTo(20);
    expect([trace.resolve("%3", 20), trace.resolve("%3#1", 20), trace.resolve("%arg0", 20)]).toEqual([
      22,
      22,
      undefined,
    ]);
    trace.text.moveTo(40);
    expect(trace.resolve("%6", 38)).toBe(22);
    expect(trace.resolve("%6", 50)).toBe(26);
    expect(trace.resolve("%c1", 40)).toBeUndefined();
    expect(trace.resolve("@main", 40)).toBeUndefined();
  });

  it("clamps steps, and stands one without any", () => {
    expect([trace.clamp(-5), trace.clamp(1e9), trace.clamp(Number.NaN)]).toEqual([0, 55, 0]);
    const empty = new Trace({ ...fixture("diamond"), steps: [], stages: [], graphs: [] });
    expect([empty.clamp(3), empty.graphIndexAt(0), empty.lastStep]).toEqual([0, -1, 0]);
  });
});

describe("the values that a line defines", () => {
  it.each([
    ["  %results:2, %result_timepoint = stream.async.execute", ["%results", "%result_timepoint"]],
    ["%0 = a.b %1", ["%0"]],
    ['stream.yield %5 : "x = y"', []],
    ["", []],
  ])("%s", (line, names) => expect(definedIn(line)).toEqual(names));
});

describe("the store", () => {
  it("tells what changed, once, and clamps the step", () => {
    const store = new Store();
    const heard: string[][] = [];
    store.subscribe((_, changed) => heard.push([...changed]));
    store.set({ trace: new Trace(fixture("diamond")), step: 999 });
    store.set({ step: 55 });
    store.set({ selection: 3, lit: store.state.lit });
    expect(store.state.step).toBe(55);
    expect(heard).toEqual([["trace", "step"], ["selection"]]);
  });

  it("finds the stops anew when the filter changes", () => {
    const store = new Store();
    store.set({ trace: new Trace(fixture("diamond")) });
    expect(store.stops).toHaveLength(56);
    store.set({ filter: { unit: "pass", onlyChanges: false } });
    expect(store.stops).toEqual([0, 32, 55]);
  });

  it("finds the stops anew when edits have come", () => {
    const document = plainFixture("diamond");
    const edited = document.steps.findIndex(({ edits }) => edits);
    const { edits } = document.steps[edited] as Step;
    Object.assign(document.steps[edited] as Step, { edits: undefined });
    const store = new Store();
    store.set({ trace: new Trace(document), filter: { unit: "decision", onlyChanges: true } });
    expect(store.stops).not.toContain(edited);
    Object.assign(document.steps[edited] as Step, { edits });
    store.set({ details: {} });
    expect(store.stops).toContain(edited);
  });
});
