import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Step } from "../src/model/document";
import { Trace } from "../src/model/trace";
import { fixture } from "./support/documents";

function expected(name: string): Record<string, string[]> {
  return JSON.parse(readFileSync(join(import.meta.dirname, "fixtures", `${name}.answers.json`), "utf8"));
}

/** The part of a verdict that both sides word alike: no names, no reasons, no "of which region". */
function plain(text: string): string {
  return text.replace(/^.*?\b(?=are |share |stand )/, "").replace(/:.*$|, after .*$| of .*$/, "");
}

describe("answers from the document alone", () => {
  it.each(["round_trip", "blocks", "tied_hazard"])("are those of Python for each two ops of %s", (name) => {
    const { answers } = new Trace(fixture(name));
    const pairs = Object.entries(expected(name));
    expect(pairs.length).toBeGreaterThan(0);
    for (const [pair, lines] of pairs) {
      const [first, second] = pair.split(" ").map(Number) as [number, number];
      const own = answers.whyNot(first, second).filter(({ inner }) => !inner);
      expect([pair, own.map(({ text }) => plain(text))]).toEqual([pair, lines.map(plain)]);
    }
  });

  it("say which hazard keeps two ops out of one wave", () => {
    const trace = new Trace(fixture("tied_hazard"));
    const refused = trace.steps.find(({ candidates }) => candidates?.some(({ why }) => why === "hazard"));
    const row = refused?.candidates?.find(({ why }) => why === "hazard");
    const other = row?.ops.find((op) => op !== refused?.op) ?? -1;
    const because = trace.reasonBefore(row?.because ?? "?", trace.steps.indexOf(refused as Step));
    const lines = trace.answers.whyNot(refused?.op ?? -1, other);
    expect(lines.some(({ text, inner }) => inner && text.includes(because))).toBe(true);
    expect(lines.every(({ step }) => step < trace.steps.length)).toBe(true);
  });

  it("say of one op what each pass decided, and what was refused", () => {
    const trace = new Trace(fixture("tied_hazard"));
    const op = trace.steps.find(({ kind }) => kind === "opened")?.op ?? -1;
    const lines = trace.answers.why(op);
    const reasons = trace.stepsOf(op).filter((step) => trace.steps[step]?.kind === "opened");
    expect(lines.map(({ step }) => step)).toEqual(expect.arrayContaining(reasons));
    expect(lines.filter(({ inner }) => !inner).length).toBe(trace.answers.decisionsOf(op).length);
  });

  it("say, as Python does, of a partition that would have taken the op that it was possible", () => {
    const trace = new Trace(fixture("diamond"));
    const weighed = trace.steps.find(({ candidates }) => candidates?.some(({ verdict }) => verdict === "eligible"));
    const texts = trace.answers.why(weighed?.op ?? -1).map(({ text }) => text);
    expect(texts).toContain("partition 0 possible");
  });

  it("count partitions from the block's own first, and break on the regions that they become", () => {
    const trace = new Trace(fixture("blocks"));
    const began = trace.steps.findIndex(({ offset }) => offset !== undefined);
    const placed = trace.steps.findIndex(({ place }, index) => index > began && place !== undefined);
    const step = trace.steps[placed];
    const [decision] = trace.answers.decisionsOf(step?.op ?? -1).filter((one) => one.began === began);
    expect(decision?.partitions).toEqual([(step?.place?.[0]?.[1] ?? 0) - (trace.steps[began]?.offset ?? 0)]);
    expect(trace.offsetAt(placed)).toBe(trace.steps[began]?.offset);
  });

  it("have a sentence for ops that nobody decided about, and for one op asked about itself", () => {
    const { answers } = new Trace(fixture("blocks"));
    expect(answers.why(0)[0]?.text).toContain("nothing was decided");
    expect(answers.whyNot(58, 58)[0]?.text).toContain("is one op");
  });
});
