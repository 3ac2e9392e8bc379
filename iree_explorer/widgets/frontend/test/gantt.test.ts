import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Span, Timeline } from "../src/model/document";
import { formatBytes, formatTime, layoutBars, ticks, utilization, wholeRun, workersOf } from "../src/model/gantt";

function span(worker: number, start: number, length: number): Span {
  return {
    op: 1,
    name: "op",
    worker,
    start,
    end: start + length,
    bytes: 0,
    region: 0,
    wave: 0,
    where: "",
    affinity: "",
  };
}

const timelines: fc.Arbitrary<Timeline> = fc
  .array(fc.tuple(fc.nat(3), fc.nat(100_000), fc.nat(5_000)), { minLength: 1, maxLength: 200 })
  .map((list) => ({ workers: 4, spans: list.map(([worker, start, length]) => span(worker, start, length)) }));

describe("bars of the timeline", () => {
  it("count every span of the window once", () => {
    fc.assert(
      fc.property(timelines, fc.integer({ min: 50, max: 2000 }), (timeline, width) => {
        const bars = layoutBars(timeline, wholeRun(timeline), width);
        expect(bars.reduce((sum, bar) => sum + bar.count, 0)).toBe(timeline.spans.length);
      }),
    );
  });

  it("lie inside the chart, in proportion to time", () => {
    fc.assert(
      fc.property(timelines, (timeline) => {
        const { start, end } = wholeRun(timeline);
        expect(start).toBe(Math.min(...timeline.spans.map((span) => span.start)));
        for (const bar of layoutBars(timeline, { start, end }, 1000)) {
          expect(bar.left).toBeGreaterThanOrEqual(0);
          expect(bar.left).toBeLessThanOrEqual(1000);
          const first = timeline.spans[bar.span] as Span;
          expect(bar.left).toBeCloseTo(((first.start - start) / (end - start)) * 1000, 6);
        }
      }),
    );
  });

  it("of the host have a row of their own, above the workers, where there are any", () => {
    expect(workersOf({ workers: 2, spans: [span(1, 0, 10)] })).toEqual([0, 1]);
    expect(workersOf({ workers: 2, spans: [span(1, 0, 10), span(-1, 0, 10)] })).toEqual([-1, 0, 1]);
  });

  it("of the host keep no worker busy", () => {
    expect(utilization({ workers: 1, spans: [span(0, 0, 10), span(-1, 0, 20)] })).toBe(0.5);
  });

  it("have a window to be in, however short the run is", () => {
    expect(wholeRun({ workers: 1, spans: [span(0, 7, 0)] })).toEqual({ start: 7, end: 8 });
    expect(wholeRun({ workers: 1, spans: [] })).toEqual({ start: 0, end: 1 });
  });

  it("show a span alone where the window is narrow, cut to it", () => {
    const timeline = { workers: 1, spans: [span(0, 0, 10), span(0, 100, 50), span(0, 300, 10)] };
    expect(layoutBars(timeline, { start: 110, end: 120 }, 100)).toEqual([
      { worker: 0, left: 0, width: 100, count: 1, span: 1 },
    ]);
  });

  it("are few even when spans are many", () => {
    const spans = Array.from({ length: 100_000 }, (_, index) => span(0, index * 10, 5));
    expect(layoutBars({ workers: 1, spans }, { start: 0, end: 1_000_000 }, 800).length).toBeLessThanOrEqual(800);
  });
});

describe("figures", () => {
  it("have three digits and a unit", () => {
    expect([0, 950, 18_432, 2_500_000, 61e9].map((ns) => formatTime(ns))).toEqual([
      "0",
      "950 ns",
      "18.4 µs",
      "2.5 ms",
      "61 s",
    ]);
    expect([64, 1536, 3 * 1024 ** 3].map(formatBytes)).toEqual(["64 B", "1.5 KB", "3 GB"]);
  });

  it("mark round times on the axis", () => {
    expect(ticks({ start: 0, end: 100 }, 5)).toEqual([0, 20, 40, 60, 80, 100]);
    expect(ticks({ start: 0, end: 0 }, 5)).toEqual([0]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e12 }), fc.integer({ min: 1, max: 20 }), (end, count) => {
        expect(ticks({ start: 0, end }, count).length).toBeLessThanOrEqual(count + 1);
      }),
    );
  });

  it("tell how busy the workers were", () => {
    expect(utilization({ workers: 2, spans: [span(0, 0, 100), span(1, 0, 50)] })).toBe(0.75);
    // What came before the first op is no op's fault.
    expect(utilization({ workers: 2, spans: [span(0, 900, 100), span(1, 900, 50)] })).toBe(0.75);
  });
});
