import type { Box } from "../../model/document";

/** Graph point p is shown at p * scale + (x, y). */
export interface Transform {
  scale: number;
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

export const MIN_SCALE = 0.001;
const MAX_SCALE = 4;
const MARGIN = 16;
/** A graph much larger than its pane opens at this scale: words can be read. */
const READABLE = 0.75;
/** Down to this scale it rather opens whole: names are seven pixels high. */
const LEGIBLE = 0.6;
/** Down to this scale a high one rather opens as wide as it is. */
const WIDE = 0.5;
/** A wider one opens at its left end, or else its right end, where its middle is in this part of the pane then. */
const AMID = 0.75;
/** Down to this scale nodes can be told from lines: five pixels by one. */
const VISIBLE = 0.03;

function clampScale(scale: number): number {
  return Math.min(MAX_SCALE, Math.max(MIN_SCALE, scale));
}

/** At a scale, centred; where it is larger than the pane, from its start. */
function placed(graph: Box, pane: Size, scale: number): Transform {
  const centred = (room: number, length: number) => Math.max(MARGIN, (room - length * scale) / 2);
  return {
    scale,
    x: centred(pane.width, graph.w) - graph.x * scale,
    y: centred(pane.height, graph.h) - graph.y * scale,
  };
}

/** All of the graph, centred, never enlarged. */
export function showAll(graph: Box, pane: Size): Transform {
  const across = (pane.width - 2 * MARGIN) / Math.max(1, graph.w);
  const down = (pane.height - 2 * MARGIN) / Math.max(1, graph.h);
  return placed(graph, pane, clampScale(Math.min(1, across, down)));
}

/** As `showAll`; of a graph so large that its nodes could not be seen, the part around the middle of what is in sight. */
export function showMost(graph: Box, pane: Size, now: Transform): Transform {
  const all = showAll(graph, pane);
  if (all.scale >= VISIBLE) return all;
  const sight = visibleBox(now, pane);
  return {
    scale: VISIBLE,
    x: about(sight.x + sight.w / 2, graph.x, graph.w, pane.width, VISIBLE),
    y: about(sight.y + sight.h / 2, graph.y, graph.h, pane.height, VISIBLE),
  };
}

/** Where the graph's zero is shown so that `middle` is amid the room, as far as the graph reaches; a graph that fits is centred. */
function about(middle: number, start: number, length: number, room: number, scale: number): number {
  if (length * scale <= room - 2 * MARGIN) return (room - length * scale) / 2 - start * scale;
  const first = MARGIN - start * scale;
  const last = room - MARGIN - (start + length) * scale;
  return Math.min(first, Math.max(last, room / 2 - middle * scale));
}

/** As `about`, but at an end of the graph where the middle is well in sight there: then it is cut at one side alone. */
function beside(middle: number, start: number, length: number, room: number, scale: number): number {
  const first = MARGIN - start * scale;
  const last = room - MARGIN - (start + length) * scale;
  if (middle * scale + first <= room * AMID) return first;
  return middle * scale + last >= room * (1 - AMID) ? last : about(middle, start, length, room, scale);
}

/**
 * The whole graph where its words can be made out, else `core` (a part of it; of the graph's width, where words can be made out so),
 * else the upper part of that; a wide one around `middle`.
 */
export function opening(graph: Box, pane: Size, core = graph, middle = core.x + core.w / 2): Transform {
  const all = showAll(graph, pane);
  if (all.scale >= LEGIBLE) return all;
  const across = (pane.width - 2 * MARGIN) / Math.max(1, graph.w);
  if (core !== graph) {
    const part = across >= LEGIBLE ? { ...core, x: graph.x, w: graph.w } : core;
    return opening(part, pane, part, middle);
  }
  if (across >= WIDE) return placed(graph, pane, Math.min(READABLE, across));
  const { scale, y } = placed(graph, pane, READABLE);
  return { scale, y, x: beside(middle, graph.x, graph.w, pane.width, scale) };
}

/** Zooms by a factor; the point at `(x, y)` of the pane stays where it is. */
export function zoomAt(transform: Transform, factor: number, x: number, y: number): Transform {
  const scale = clampScale(transform.scale * factor);
  const ratio = scale / transform.scale;
  return { scale, x: x - (x - transform.x) * ratio, y: y - (y - transform.y) * ratio };
}

/** The part of the graph that the pane shows. */
export function visibleBox(transform: Transform, pane: Size): Box {
  return {
    x: -transform.x / transform.scale,
    y: -transform.y / transform.scale,
    w: pane.width / transform.scale,
    h: pane.height / transform.scale,
  };
}

/** How far a box is from the middle of what is in sight; 0: it is there. */
export function distance(box: Box, sight: Box): number {
  const beyond = (start: number, length: number, at: number) => Math.max(start - at, at - start - length, 0);
  const [x, y] = [sight.x + sight.w / 2, sight.y + sight.h / 2];
  return Math.hypot(beyond(box.x, box.w, x), beyond(box.y, box.h, y));
}

export function overlaps(a: Box, b: Box): boolean {
  return a.x <= b.x + b.w && b.x <= a.x + a.w && a.y <= b.y + b.h && b.y <= a.y + a.h;
}

/** Longest period of a dashed line; `within` cuts in its multiples, so that the dashes stay where they are. */
const PERIOD = 90;

function cut(value: number, from: number, to: number): number {
  if (value < from) return value + Math.floor((from - value) / PERIOD) * PERIOD;
  if (value > to) return value - Math.floor((value - to) / PERIOD) * PERIOD;
  return value;
}

/**
 * A point of an upright or level line, moved along it to just outside of what is in sight: dashes cost time over a line's whole
 * length, and lines can be as long as the graph is high.
 */
export function within([x, y]: readonly [number, number], sight: Box): [number, number] {
  return [cut(x, sight.x - PERIOD, sight.x + sight.w + PERIOD), cut(y, sight.y - PERIOD, sight.y + sight.h + PERIOD)];
}

/** As `within`, of a box: the part in sight keeps its borders. */
export function boxWithin(box: Box, sight: Box): Box {
  const [x, y] = within([box.x, box.y], sight);
  const [right, bottom] = within([box.x + box.w, box.y + box.h], sight);
  return { x, y, w: right - x, h: bottom - y };
}

/**
 * Brings `box` into the middle of the pane, as far as the graph reaches, and smaller where there is no room for it; along an axis on
 * which it is in sight nothing moves. `null`: it is there.
 */
export function reveal(before: Transform, box: Box, pane: Size, graph: Box): Transform | null {
  const room = Math.min((pane.width - 2 * MARGIN) / box.w, (pane.height - 2 * MARGIN) / box.h);
  const transform = room < before.scale && room > LEGIBLE / 2 ? zoomAt(before, room / before.scale, 0, 0) : before;
  const left = box.x * transform.scale + transform.x;
  const top = box.y * transform.scale + transform.y;
  const width = box.w * transform.scale;
  const height = box.h * transform.scale;
  const isInside = (start: number, length: number, room: number) =>
    start > MARGIN - 1 && start + length < room - MARGIN + 1;
  const across = isInside(left, width, pane.width);
  const down = isInside(top, height, pane.height);
  if (across && down) return null;
  const { scale } = transform;
  return {
    scale,
    x: across ? transform.x : about(box.x + box.w / 2, graph.x, graph.w, pane.width, scale),
    y: down ? transform.y : about(box.y + box.h / 2, graph.y, graph.h, pane.height, scale),
  };
}
