import type { Box } from "../../model/document";
import type { Point, Way } from "./arrange";
import type { Size, Transform } from "./viewport";

/** Draws a scene. Which one depends on the number of nodes; both show the same. */
export interface Renderer {
  readonly element: HTMLElement | SVGElement;
  setTransform(transform: Transform, size: Size): void;
  /** Nodes whose state changed; hulls and edges are few or cheap and always checked. */
  update(nodes: Iterable<number>): void;
  /** Words of nodes may have changed. */
  rename(): void;
  /** Colours changed. */
  retheme(): void;
  destroy(): void;
}

/** From this scale on, all lines say which value they carry; before, those at the current and the selected ops. */
export const NEAR = 1.15;

/** Below this scale words are too small to be read: a region then says its number alone, in large. */
export const FAR = 0.4;

/** How large a region's number is, in the graph's units: 12 pixels, as far as its box has room. */
export function farSize(scale: number, { h }: Box): number {
  return Math.min(12 / scale, 1.3 * h);
}

/** Corners of a bent line are rounded by this. */
const CORNER = 8;

function towards(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (length === 0) return from;
  const part = Math.min(distance, length / 2) / length;
  return [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
}

export interface PathSink {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  quadraticCurveTo(cx: number, cy: number, x: number, y: number): void;
  bezierCurveTo(ax: number, ay: number, bx: number, by: number, x: number, y: number): void;
}

/** A curve through the points that is vertical at each. */
function traceCurve(points: readonly Point[], sink: PathSink): void {
  const [first, ...others] = points;
  if (!first) return;
  sink.moveTo(first[0], first[1]);
  let [x, y] = first;
  for (const [nextX, nextY] of others) {
    const middle = (y + nextY) / 2;
    if (nextX === x) sink.lineTo(nextX, nextY);
    else sink.bezierCurveTo(x, middle, nextX, middle, nextX, nextY);
    [x, y] = [nextX, nextY];
  }
}

/** Of an arrow: from its base to where the line ends, from there to its tip, and half of its base. */
const [SHAFT, TIP, HALF] = [7.9, 1.1, 3.9];

/** The arrow at the end of a line, as large as the marker of an element. */
export function traceArrow({ points, curved }: Way, sink: PathSink): void {
  const [end, before] = [points.at(-1), points.at(-2)];
  if (!end || !before) return;
  const [dx, dy] = curved ? [0, Math.sign(end[1] - before[1])] : [end[0] - before[0], end[1] - before[1]];
  const length = Math.hypot(dx, dy);
  if (length === 0) return;
  const at = (along: number, aside: number) =>
    [end[0] + (dx * along - dy * aside) / length, end[1] + (dy * along + dx * aside) / length] as const;
  sink.moveTo(...at(TIP, 0));
  sink.lineTo(...at(-SHAFT, HALF));
  sink.lineTo(...at(-SHAFT, -HALF));
}

export function traceLine({ points, curved }: Way, sink: PathSink): void {
  if (curved) traceCurve(points, sink);
  else tracePath(points, sink);
}

/** A bent line through the points, its corners rounded. */
function tracePath(points: readonly Point[], sink: PathSink): void {
  const [first] = points;
  if (!first) return;
  sink.moveTo(first[0], first[1]);
  for (let index = 1; index < points.length; index++) {
    const here = points[index] as Point;
    const next = points[index + 1];
    if (!next) {
      sink.lineTo(here[0], here[1]);
      continue;
    }
    const enter = towards(here, points[index - 1] as Point, CORNER);
    const leave = towards(here, next, CORNER);
    sink.lineTo(enter[0], enter[1]);
    sink.quadraticCurveTo(here[0], here[1], leave[0], leave[1]);
  }
}

/** The same as the `d` of an SVG path. */
export function pathData(points: readonly Point[], curved = false): string {
  const parts: string[] = [];
  traceLine(
    { points, curved },
    {
      moveTo: (x, y) => parts.push(`M${x} ${y}`),
      lineTo: (x, y) => parts.push(`L${x} ${y}`),
      quadraticCurveTo: (cx, cy, x, y) => parts.push(`Q${cx} ${cy} ${x} ${y}`),
      bezierCurveTo: (ax, ay, bx, by, x, y) => parts.push(`C${ax} ${ay} ${bx} ${by} ${x} ${y}`),
    },
  );
  return parts.join("");
}
