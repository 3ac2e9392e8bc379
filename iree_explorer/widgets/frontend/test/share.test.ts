import { describe, expect, it } from "vitest";
import type { Timeline } from "../src/model/document";
import { perfettoText, traceText } from "../src/model/share";
import { fits } from "../src/views/inputs";
import { fixture } from "./support/documents";

describe("what is taken away", () => {
  it("is a run as trace events in microseconds", () => {
    const timeline = fixture("diamond").run?.timeline as Timeline;
    const { traceEvents } = JSON.parse(perfettoText(timeline)) as { traceEvents: Record<string, unknown>[] };
    const spans = traceEvents.filter(({ ph }) => ph === "X");
    expect(spans.length).toBe(timeline.spans.length);
    const [first] = timeline.spans;
    expect(spans[0]).toMatchObject({
      name: first?.name,
      ts: (first?.start ?? 0) / 1000,
      tid: (first?.worker ?? 0) + 1,
    });
    const named = traceEvents.filter(({ ph }) => ph === "M").map(({ tid }) => tid);
    expect(new Set(spans.map(({ tid }) => tid))).toEqual(new Set(named));
  });

  it("is every sentence once", () => {
    const document = fixture("diamond");
    const text = traceText(document);
    for (const { reason } of document.steps) expect(text).toContain(reason);
    expect(text.split("\n").filter((line) => /^\d+\. /.test(line)).length).toBe(document.steps.length);
  });
});

describe("an array fits an input", () => {
  it.each([
    ["4x8xf32", "4x8xf32", true],
    ["4x8xf32", "4x8xf64", true],
    ["4x?xf32", "4x9xf32", true],
    ["4x8xf32", "4x9xf32", false],
    ["4x8xf32", "8xf32", false],
    ["4xi32", "4xi64", true],
    ["4xi32", "4xf32", false],
    ["4xf32", "4xfloat128", true],
    ["f32", "f64", true],
  ])("%s takes %s: %s", (wanted, given, yes) => {
    expect(fits(wanted, given)).toBe(yes);
  });
});
