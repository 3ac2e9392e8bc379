import type { Actions } from "../actions";
import { flag, h, setText, svg } from "../dom";
import { focusedAround } from "../focus";
import type { Span, Timeline } from "../model/document";
import {
  type Bar,
  formatBytes,
  formatTime,
  layoutBars,
  ticks,
  utilization,
  type Window,
  wholeRun,
  workerName,
  workersOf,
} from "../model/gantt";

const ROW = 22;
const BAR = 16;
const AXIS = 20;
const GUTTER = 64;
const CHARACTER = 6.2;
/** Half of the widest time on the axis: beside the right end one stands left of its mark. */
const HALF_TIME = 28;

/** What is told of the keys, and what they change the span of time in sight by. */
const LABEL = "Timeline: + and − zoom, 0 shows all, arrow keys move";
const ZOOMS: Readonly<Record<string, number>> = { "+": 0.5, "=": 0.5, "-": 2, "0": Number.POSITIVE_INFINITY };
const MOVES: Readonly<Record<string, number>> = { ArrowLeft: -0.25, ArrowRight: 0.25 };

/**
 * What ran when, one row a worker, and one for the host. The wheel zooms in time, dragging pans, a double click shows all again; so do
 * keys while it has the focus, but arrows step through the schedule as everywhere while there is nothing to move.
 */
export class Gantt {
  readonly element: HTMLElement;
  private readonly chart = svg("svg", { class: "ie-gantt", role: "img", "data-ie-gantt": "" });
  private readonly group = h(
    "div",
    { role: "group", tabindex: 0, "aria-label": LABEL, "data-ie-timeline": "" },
    this.chart,
  );
  private readonly note = h("p", { class: "ie-gantt-note", "data-ie-gantt-note": "" });
  private readonly told = h("p", { class: "ie-gantt-note", role: "status", "data-ie-gantt-op": "" });
  private timeline: Timeline | null = null;
  private window: Window = { start: 0, end: 1 };
  private width = 0;
  private dragged: { x: number; window: Window } | null = null;
  private emphasis: { selection: number; lit: ReadonlySet<number> } = { selection: -1, lit: new Set() };
  private readonly observer: ResizeObserver;

  constructor(private readonly actions: Actions) {
    this.element = h("div", { class: "ie-gantt-box", hidden: true }, this.note, this.group, this.told);
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.element);
    this.chart.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.chart.addEventListener("pointerdown", (event) => this.press(event));
    this.chart.addEventListener("pointermove", (event) => this.move(event));
    this.chart.addEventListener("pointerup", () => this.release());
    this.chart.addEventListener("pointerleave", () => this.leave());
    this.chart.addEventListener("dblclick", () => this.reset());
    this.group.addEventListener("keydown", (event) => {
      if (!this.onKey(event)) return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  destroy(): void {
    this.observer.disconnect();
  }

  show(timeline: Timeline | null): void {
    this.timeline = timeline && timeline.spans.length > 0 ? timeline : null;
    this.element.hidden = this.timeline === null;
    this.reset();
  }

  emphasize(selection: number, lit: readonly number[]): void {
    const isNew = selection !== this.emphasis.selection;
    this.emphasis = { selection, lit: new Set(lit) };
    if (isNew) this.reveal();
    for (const bar of this.chart.querySelectorAll("[data-ie-span]")) this.mark(bar);
    this.tell();
  }

  /** When the selected op ran. */
  private get own(): Span[] {
    const { selection } = this.emphasis;
    return selection < 0 ? [] : (this.timeline?.spans.filter(({ op }) => op === selection) ?? []);
  }

  /** Moves to the selected op where it ran at other times than those in sight. */
  private reveal(): void {
    const [first] = this.own;
    const { start, end } = this.window;
    if (first && this.own.every((span) => span.end < start || span.start > end))
      this.moveWindow((first.start + first.end - (end - start)) / 2, end - start);
  }

  /** The times in sight, where that is not all, and when the selected op ran, in words: a bar has its own under the pointer alone. */
  private tell(): void {
    const { own } = this;
    const { start, end } = this.window;
    const times = [start, end].map((time) => formatTime(time, (end - start) / 10)).join(" to ");
    const lines = this.isZoomed ? [`in sight: ${times}`] : [];
    if (own[0]) lines.push(this.describe(own[0], 1));
    if (own.length > 1) lines.push(`the first of ${own.length} times`);
    setText(this.told, lines.join("\n").replaceAll("\n", " · "));
  }

  private mark(bar: Element): void {
    const op = Number(bar.getAttribute("data-ie-op"));
    flag(bar, "data-ie-selected", op === this.emphasis.selection);
    flag(bar, "data-ie-lit", this.emphasis.lit.has(op));
  }

  private reset(): void {
    if (this.timeline) this.window = wholeRun(this.timeline);
    this.summarize();
    this.draw();
    this.tell();
  }

  private resize(): void {
    const width = this.element.clientWidth;
    if (width === this.width) return;
    this.width = width;
    this.draw();
  }

  private summarize(): void {
    if (!this.timeline) return;
    const { spans, workers, peak_bytes: peak } = this.timeline;
    const path = spans.reduce((sum, span) => sum + (span.critical ? span.end - span.start : 0), 0);
    const critical = path > 0 ? ` · critical path (outlined) ${formatTime(path)}` : "";
    const held = peak === undefined ? "" : ` · at most ${formatBytes(peak)} in resources`;
    const busy = Math.round(utilization(this.timeline) * 100);
    const { start, end } = wholeRun(this.timeline);
    const wait = start > (end - start) / 10 ? ` (the first after ${formatTime(start)})` : "";
    setText(
      this.note,
      `${spans.length} ops on ${workers} worker${workers === 1 ? "" : "s"} in ${formatTime(end)}${wait} · ${busy} % busy${critical}${held}`,
    );
    this.chart.setAttribute("aria-label", `Timeline: ${this.note.textContent ?? ""}`);
  }

  private draw(): void {
    const { timeline } = this;
    const across = this.width - GUTTER - 8;
    if (!timeline || across <= 0) return;
    const workers = workersOf(timeline);
    const height = AXIS + workers.length * ROW + 4;
    this.chart.setAttribute("viewBox", `0 0 ${this.width} ${height}`);
    this.chart.style.height = `${height}px`;
    const rows = workers.map((worker, place) => this.row(worker, place, across));
    const bars = layoutBars(timeline, this.window, across).map((bar) =>
      this.bar(timeline, bar, workers.indexOf(bar.worker)),
    );
    this.chart.replaceChildren(...this.axis(across, height), ...rows, ...bars);
  }

  private axis(across: number, height: number): SVGElement[] {
    const span = this.window.end - this.window.start;
    return ticks(this.window, across / 90).flatMap((time) => {
      const x = GUTTER + ((time - this.window.start) / span) * across;
      const anchor = x > this.width - HALF_TIME ? "end" : "middle";
      return [
        svg("line", { class: "ie-gantt-tick", x1: x, x2: x, y1: AXIS - 4, y2: height }),
        svg("text", { class: "ie-gantt-time", x, y: 11, "text-anchor": anchor }, formatTime(time, span / 10)),
      ];
    });
  }

  private row(worker: number, place: number, across: number): SVGElement {
    const y = AXIS + place * ROW;
    return svg(
      "g",
      {},
      svg("rect", { class: "ie-gantt-row", x: GUTTER, y: y + 1, width: across, height: ROW - 2, rx: 3 }),
      svg("text", { class: "ie-gantt-worker", x: 4, y: y + 15 }, workerName(worker)),
    );
  }

  private bar(timeline: Timeline, bar: Bar, place: number): SVGElement {
    const span = timeline.spans[bar.span] as Span;
    const x = GUTTER + bar.left;
    const y = AXIS + place * ROW + (ROW - BAR) / 2;
    const name = bar.count > 1 ? `${bar.count} ops` : span.name;
    const group = svg(
      "g",
      {
        class: "ie-span",
        "data-ie-span": bar.span,
        "data-ie-op": span.op,
        "data-ie-parity": Math.max(0, span.region) % 2,
        "data-ie-critical": span.critical === true,
      },
      svg("title", {}, this.describe(span, bar.count)),
      svg("rect", { x, y, width: bar.width, height: BAR, rx: Math.min(3, bar.width / 2) }),
    );
    if (name.length * CHARACTER < bar.width - 6) group.append(svg("text", { x: x + 4, y: y + 12 }, name));
    group.addEventListener("click", () => this.actions.select(span.op));
    this.mark(group);
    return group;
  }

  private describe(span: Span, count: number): string {
    if (count > 1) return `${count} ops, too short to tell apart: zoom in`;
    const lines = [span.name, `${formatTime(span.end - span.start)}, from ${formatTime(span.start)}`];
    if (span.where) lines.push(span.where);
    if (span.critical) lines.push("on the critical path");
    if (span.affinity) lines.push(span.affinity);
    lines.push(formatBytes(span.bytes));
    return lines.join("\n");
  }

  private get isZoomed(): boolean {
    if (!this.timeline) return false;
    const { start, end } = wholeRun(this.timeline);
    return this.window.start > start || this.window.end < end;
  }

  private wheel(event: WheelEvent): void {
    if (!this.timeline || !focusedAround(this.chart) || event.deltaY === 0) return;
    event.preventDefault();
    const across = Math.max(1, this.width - GUTTER - 8);
    const part = (event.clientX - this.chart.getBoundingClientRect().left - GUTTER) / across;
    this.zoom(Math.exp(event.deltaY * 0.002), Math.min(1, Math.max(0, part)));
  }

  /** Keys zoom around the selected op where it is in sight, or else around the middle. */
  private onKey({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
    if (ctrlKey || metaKey || altKey) return false;
    const { start, end } = this.window;
    const [factor, move] = [ZOOMS[key], MOVES[key]];
    if (factor) {
      const [first] = this.own;
      const part = first ? ((first.start + first.end) / 2 - start) / (end - start) : 0.5;
      this.zoom(factor, part > 0 && part < 1 ? part : 0.5);
    } else if (move && this.isZoomed) this.moveWindow(start + move * (end - start), end - start);
    else return false;
    return true;
  }

  /** Changes the span of time in sight by a factor; what stands at a part of it stays there. */
  private zoom(factor: number, part: number): void {
    if (!this.timeline) return;
    const { start, end } = this.window;
    const whole = wholeRun(this.timeline);
    const span = Math.max(50, (end - start) * factor);
    if (span >= whole.end - whole.start) this.reset();
    else this.moveWindow(start + (end - start - span) * part, span);
  }

  private moveWindow(start: number, span: number): void {
    if (!this.timeline) return;
    const whole = wholeRun(this.timeline);
    const from = Math.max(whole.start, Math.min(start, whole.end - span));
    this.window = { start: from, end: from + span };
    this.draw();
    this.tell();
  }

  private press(event: PointerEvent): void {
    this.dragged = { x: event.clientX, window: this.window };
  }

  private move(event: PointerEvent): void {
    if (this.dragged && event.buttons === 1) {
      const { start, end } = this.dragged.window;
      const shift = ((this.dragged.x - event.clientX) / Math.max(1, this.width - GUTTER - 8)) * (end - start);
      if (Math.abs(this.dragged.x - event.clientX) > 3) this.moveWindow(start + shift, end - start);
      return;
    }
    const bar = event.target instanceof Element ? event.target.closest("[data-ie-span]") : null;
    this.actions.light(bar ? [Number(bar.getAttribute("data-ie-op"))] : []);
  }

  private release(): void {
    this.dragged = null;
  }

  private leave(): void {
    this.dragged = null;
    this.actions.light([]);
  }
}
