import type { Box } from "../../model/document";
import type { Hull } from "./hulls";
import type { Scene } from "./scene";

/** What is at a point of the graph: a node (-1: none), or else the title of a region. */
export interface Hit {
  node: number;
  title?: Hull;
}

export const NOTHING: Hit = { node: -1 };

/** The height of a region's title, where a click folds it. */
const TITLE = 22;

function holds({ x, y, w, h }: Box, px: number, py: number): boolean {
  return px >= x && px <= x + w && py >= y && py <= y + h;
}

/** Where a region's title is: all of its box where it is folded. */
export function titleBox({ box, folded }: Hull): Box {
  return folded ? box : { ...box, h: TITLE };
}

/** Of nodes that overlap, the one drawn last. */
function nodeAt(scene: Scene, x: number, y: number): number {
  return scene.graph.nodes.findLastIndex(
    (_, index) => holds(scene.box(index), x, y) && !scene.isHidden(index) && !scene.isFolded(index),
  );
}

function titleAt(scene: Scene, x: number, y: number): Hull | undefined {
  return scene.hulls.find(
    (hull) => hull.wave < 0 && holds(titleBox(hull), x, y) && (hull.folded || scene.growth(hull) !== "absent"),
  );
}

export function hitAt(scene: Scene, x: number, y: number): Hit {
  if (Number.isNaN(x)) return NOTHING;
  const node = nodeAt(scene, x, y);
  const title = node < 0 ? titleAt(scene, x, y) : undefined;
  return title ? { node, title } : { node };
}
