// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import type { Graph, GraphEdge, GraphNode } from "../src/model/document";
import { Memberships } from "../src/model/memberships";
import { Trace } from "../src/model/trace";
import { drawingOf, MOST_ELEMENTS } from "../src/views/graph/draw";
import { Scene } from "../src/views/graph/scene";
import { plainFixture } from "./support/documents";

describe("drawing a graph", () => {
  const { nodes, edges, ...graph } = new Trace(plainFixture("diamond")).graph(0) as Graph;
  const [node, edge] = [nodes[0] as GraphNode, edges[0] as GraphEdge];
  const drawn = (nodeCount: number, edgeCount: number) => {
    const all = Array.from({ length: nodeCount }, (_, id) => ({ ...node, id, op: id, region: -1 }));
    const lines = Array.from({ length: edgeCount }, () => ({ ...edge, from: 0, to: 1 }));
    const large = { ...graph, regions: [], nodes: all, edges: lines };
    return drawingOf(
      new Scene(
        large,
        new Memberships(large, 0, [], []),
        () => "",
        () => 7,
      ),
    ).element.localName;
  };

  it("takes elements, or a canvas for many nodes or many lines", () => {
    expect(drawn(MOST_ELEMENTS, MOST_ELEMENTS)).toBe("svg");
    expect(drawn(MOST_ELEMENTS + 1, 1)).toBe("canvas");
    expect(drawn(2, MOST_ELEMENTS + 1)).toBe("canvas");
  });
});
