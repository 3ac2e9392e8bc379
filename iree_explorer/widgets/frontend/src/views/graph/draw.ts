import { CanvasRenderer } from "./canvas";
import type { Renderer } from "./renderer";
import type { Scene } from "./scene";
import { SvgRenderer } from "./svg";

/** More nodes or lines than this are drawn on a canvas: elements would make each step slow. */
export const MOST_ELEMENTS = 1000;

/** Draws a scene with elements or on a canvas, by how much there is to draw. */
export function drawingOf(scene: Scene): Renderer {
  const nodes = scene.graph.nodes.length - scene.foldedOps + scene.arrangement.folded.size;
  return nodes > MOST_ELEMENTS || scene.lines.length > MOST_ELEMENTS
    ? new CanvasRenderer(scene)
    : new SvgRenderer(scene);
}
