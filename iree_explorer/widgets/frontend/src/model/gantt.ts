import type { Span, Timeline } from "./document";
import { append } from "./lists";

/** A bar of the chart, in pixels across; `count` spans too thin to tell apart share one bar. */
export interface Bar {
  worker: number;
  left: number;
  width: number;
  count: number;
  /** Index of the (first) span in `timeline.spans`. */
  span: number;
}

/** A window of time, in nanoseconds from the run's start. */
export interface Window {
  start: number;
  end: number;
}

const THINNEST = 2;

/** From the first op's start to the last one's end: kernels may be compiled and inputs read for long before there is any. */
export function wholeRun(timeline: Timeline): Window {
  let [start, end] = [timeline.spans[0]?.start ?? 0, 0];
  for (const span of timeline.spans) {
    start = Math.min(start, span.start);
    end = Math.max(end, span.end);
  }
  return { start, end: Math.max(end, start + 1) };
}

/** The worker of what runs on the thread that called the function. */
const HOST = -1;

/** The rows of the chart from above: the host's where it ran anything, then the workers'. */
export function workersOf({ spans, workers }: Timeline): number[] {
  const all = [...Array(workers).keys()];
  return spans.some(({ worker }) => worker === HOST) ? [HOST, ...all] : all;
}

export function workerName(worker: number): string {
  return worker === HOST ? "host" : `worker ${worker}`;
}

/** Spans of each worker by start time, as indices. */
function byWorker(timeline: Timeline): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  for (const index of timeline.spans.keys()) {
    append(rows, (timeline.spans[index] as Span).worker, index);
  }
  for (const row of rows.values())
    row.sort((a, b) => (timeline.spans[a] as Span).start - (timeline.spans[b] as Span).start);
  return rows;
}

/**
 * The bars to draw in a chart of `width` pixels. At most `width` bars a worker: thin neighbours are merged and counted, never dropped.
 */
export function layoutBars(timeline: Timeline, window: Window, width: number): Bar[] {
  const scale = width / Math.max(1, window.end - window.start);
  const bars: Bar[] = [];
  for (const [worker, row] of byWorker(timeline)) {
    let last: Bar | undefined;
    for (const index of row) {
      const span = timeline.spans[index] as Span;
      if (span.end < window.start || span.start > window.end) continue;
      const left = Math.min(width, (Math.max(span.start, window.start) - window.start) * scale);
      const right = (Math.min(span.end, window.end) - window.start) * scale;
      const thin = right - left < THINNEST;
      if (last && thin && last.width <= THINNEST && left < last.left + THINNEST) {
        last.count += 1;
        last.width = Math.max(last.width, right - last.left);
        continue;
      }
      last = { worker, left, width: Math.max(THINNEST, right - left), count: 1, span: index };
      bars.push(last);
    }
  }
  return bars;
}

const UNITS: readonly [string, number][] = [
  ["s", 1e9],
  ["ms", 1e6],
  ["µs", 1e3],
  ["ns", 1],
];

/** Nanoseconds as a reader wants them: three significant digits, such as `18.4 µs`, or more where times `apart` have to be told apart; of no time `0`. */
export function formatTime(ns: number, apart = ns): string {
  if (ns === 0) return "0";
  const [unit, factor] = UNITS.find(([, size]) => Math.abs(ns) >= size) ?? ["ns", 1];
  const digits = Math.max(3, Math.ceil(Math.log10(ns / apart)) + 1);
  return `${Number((ns / factor).toPrecision(digits))} ${unit}`;
}

export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const units = ["KB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = -1;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${Number(value.toPrecision(3))} ${units[unit]}`;
}

/** Round times for the axis: at most `count` of them, 1, 2 or 5 times a power of ten apart. */
export function ticks(window: Window, count: number): number[] {
  const raw = (window.end - window.start) / Math.max(1, count);
  if (!(raw > 0)) return [window.start];
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= raw) ?? raw;
  const found: number[] = [];
  for (let time = Math.ceil(window.start / step) * step; time <= window.end; time += step) found.push(time);
  return found;
}

/** Part of all workers' time, from the first op on, that went into ops: 0 to 1. */
export function utilization(timeline: Timeline): number {
  const { start, end } = wholeRun(timeline);
  let busy = 0;
  for (const span of timeline.spans) if (span.worker !== HOST) busy += span.end - span.start;
  return Math.min(1, busy / ((end - start) * Math.max(1, timeline.workers)));
}
