import type { Point, Way } from "./arrange";

/** Where the words of a line begin, or where they end. */
export interface LabelPlace {
  x: number;
  y: number;
  anchor: "start" | "end";
}

/** Below where a line begins the words take this much: a bend in it would strike them through. */
const HEIGHT = 20;
/** From where a line begins to the base of its words, and to their side. */
const DOWN = 13;
const ASIDE = 5;
/** Beside the ring of a node that stands out. */
const BESIDE = 8;

/** As long as the words of a line may be: those of a level one end before what it leads to. */
export function labelRoom({ points }: Way): number {
  const [start, next] = points;
  return start && next && start[1] === next[1] ? Math.abs(next[0] - start[0]) - 2 * BESIDE : Infinity;
}

/** How far below its beginning a line bends to the right (> 0) or the left (< 0), and by which of the two; null: not beside its words. */
function bendOf({ points, curved }: Way): { side: number; dip: number } | null {
  const [[x, y], [, nextY], [turnX] = [0]] = points as [Point, Point, Point?];
  if (curved) return { side: Math.sign((points.at(-1)?.[0] ?? x) - x), dip: 0 };
  const dip = nextY - y;
  return points.length > 2 && dip < HEIGHT ? { side: Math.sign(turnX - x), dip } : null;
}

/**
 * Where the words of a value stand: right of where its lines begin, or left where one bends to the right, or below where both are
 * taken or the words are too long (`fitsLeft`): what is left of a graph is not in sight.
 */
export function labelPlace(lines: readonly Way[], fitsLeft = true): LabelPlace {
  const [start, next] = lines[0]?.points ?? [];
  if (!start || !next) return { x: 0, y: 0, anchor: "start" };
  const [x, y] = start;
  if (next[1] === y) return { x: x + BESIDE, y: y + DOWN, anchor: next[0] < x ? "end" : "start" };
  const bends = lines.flatMap((line) => bendOf(line) ?? []);
  if (!bends.some(({ side }) => side > 0)) return { x: x + ASIDE, y: y + DOWN, anchor: "start" };
  if (fitsLeft && !bends.some(({ side }) => side < 0)) return { x: x - ASIDE, y: y + DOWN, anchor: "end" };
  return { x: x + ASIDE, y: y + DOWN + Math.max(...bends.map(({ dip }) => dip)), anchor: "start" };
}
