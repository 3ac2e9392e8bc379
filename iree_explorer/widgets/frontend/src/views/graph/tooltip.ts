import { elide, h } from "../../dom";
import type { Hull, Scene } from "./scene";

function row(term: string, value: string): HTMLElement[] {
  return value ? [h("dt", {}, term), h("dd", {}, elide(value))] : [];
}

function standing(scene: Scene, index: number): string {
  const region = scene.region(index);
  if (region < 0) return scene.node(index).kind === "host" ? "on the host" : "in no region yet";
  const label = scene.graph.regions.find((candidate) => candidate.ordinal === region)?.label ?? `region ${region}`;
  const wave = scene.wave(index);
  return wave < 0 ? label : `${label}, wave ${wave}`;
}

/** What hovering a node tells. */
export function nodeCard(scene: Scene, index: number): HTMLElement[] {
  const node = scene.node(index);
  return [
    h("strong", {}, elide(node.label)),
    h(
      "dl",
      {},
      ...row("what", node.kind),
      ...row("more", node.detail),
      ...row("size", node.bytes),
      ...row("where", standing(scene, index)),
    ),
  ];
}

/** What hovering the title of a region tells. */
export function regionCard(scene: Scene, hull: Hull): HTMLElement[] {
  const region = scene.graph.regions.find(({ ordinal }) => ordinal === hull.region);
  return [
    h("strong", {}, elide(hull.label)),
    h(
      "dl",
      {},
      ...row("holds", scene.contents(hull)),
      ...row("where", region?.affinity ?? ""),
      ...row("waits for", region?.awaits.join(", ") ?? ""),
      ...row("click", hull.folded ? "unfolds it" : "folds it"),
    ),
  ];
}
