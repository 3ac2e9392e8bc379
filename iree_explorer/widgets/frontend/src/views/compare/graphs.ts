import { h } from "../../dom";
import { SIDES, type Side } from "../../model/comparison";
import type { Comparison, Graph } from "../../model/document";
import { Memberships } from "../../model/memberships";
import { Camera } from "../graph/camera";
import { drawingOf } from "../graph/draw";
import { hitAt, NOTHING } from "../graph/hit";
import type { Renderer } from "../graph/renderer";
import { Scene } from "../graph/scene";
import { measureIn } from "../graph/text-fit";

/** All nodes of a graph where they end. */
function settled(graph: Graph): Memberships {
  const place = graph.nodes.map(({ id, region, wave }): [number, number, number] => [id, region, wave]);
  const stage = { function: graph.function, pass: "execution", graph: 0, first: 0, end: 1 } as const;
  const found = new Memberships(graph, 0, [{ kind: "ended", stage: 0, op: -1, reason: "", place }], [stage]);
  found.moveTo(0);
  return found;
}

class GraphSide {
  readonly element: HTMLElement;
  readonly camera: Camera;
  private scene: Scene | null = null;
  private renderer: Renderer | null = null;

  constructor(
    side: Side,
    private readonly changed: readonly number[],
    onClick: (op: number) => void,
    onMove: (from: Camera) => void,
  ) {
    this.element = h("div", { class: `ie-graph ie-side ie-side-${side}`, "data-ie-side": side });
    this.camera = new Camera(this.element, {
      onMove: (transform, size) => {
        this.renderer?.setTransform(transform, size);
        if (this.scene) onMove(this.camera);
      },
      onHover: () => undefined,
      onLeave: () => undefined,
      onClick: (x, y) => {
        const { node } = this.scene ? hitAt(this.scene, x, y) : NOTHING;
        onClick(this.scene?.graph.nodes[node]?.op ?? -1);
      },
    });
  }

  show(graph: Graph): void {
    this.renderer?.destroy();
    const scene = new Scene(graph, settled(graph), () => "", measureIn(this.element));
    scene.canFold = false;
    this.renderer = drawingOf(scene);
    this.element.prepend(this.renderer.element);
    this.scene = scene;
    this.camera.open(scene.bounds, scene.core, scene.middle);
  }

  /** Ops that differ are lit, the selected one ringed. */
  select(op: number): void {
    const { scene } = this;
    if (!scene) return;
    scene.emphasize(-1, [], op, this.changed);
    this.renderer?.update(scene.graph.nodes.keys());
    this.reveal(op);
  }

  retheme(): void {
    this.renderer?.retheme();
  }

  reveal(op: number): void {
    const [first] = this.scene?.nodesOf(op) ?? [];
    if (this.scene && first !== undefined) this.camera.reveal(this.scene.box(first));
  }

  destroy(): void {
    this.camera.destroy();
    this.renderer?.destroy();
  }
}

/** The graphs of two runs, the same op at the same place; one moves as the other does. */
export class CompareGraphs {
  readonly element: HTMLElement;
  private readonly sides: Record<Side, GraphSide>;
  private following = false;

  constructor(
    private readonly comparison: Comparison,
    onClick: (side: Side, op: number) => void,
  ) {
    const make = (side: Side, index: 0 | 1) =>
      new GraphSide(
        side,
        comparison.differences.map(({ ops }) => ops[index]),
        (op) => onClick(side, op),
        (from) => this.follow(side, from),
      );
    this.sides = { before: make("before", 0), after: make("after", 1) };
    this.element = h("div", { class: "ie-pair" }, this.sides.before.element, this.sides.after.element);
  }

  private follow(side: Side, from: Camera): void {
    if (this.following) return;
    this.following = true;
    this.sides[side === "before" ? "after" : "before"].camera.follow(from);
    this.following = false;
  }

  show(index: number): void {
    const graphs = this.comparison.graphs[index];
    if (!graphs) return;
    for (const side of SIDES) this.sides[side].show(graphs[side]);
    this.reveal(graphs.before.function);
  }

  /** The first op of a function that differs: of hundreds it may be the only one. */
  private reveal(name: string): void {
    const [before, after] = this.comparison.differences.find((one) => one.function === name)?.ops ?? [-1, -1];
    if (before >= 0) this.sides.before.reveal(before);
    else this.sides.after.reveal(after);
  }

  select(ops: readonly [number, number]): void {
    this.sides.before.select(ops[0]);
    this.sides.after.select(ops[1]);
  }

  /** Colours are those of the theme by now. */
  retheme(): void {
    for (const side of SIDES) this.sides[side].retheme();
  }

  destroy(): void {
    for (const side of SIDES) this.sides[side].destroy();
  }
}
