import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Box, Graph, Region } from "../src/model/document";
import { arrange, boundsOf, FOLD_ABOVE, FOLDED, opensFolded } from "../src/views/graph/arrange";
import { pathData } from "../src/views/graph/renderer";
import { squeeze } from "../src/views/graph/squeeze";
import { fixture, plainFixture } from "./support/documents";

const stretches = fc.array(
  fc
    .tuple(fc.nat(500), fc.integer({ min: 1, max: 200 }), fc.option(fc.nat(200), { nil: undefined }))
    .map(([from, length, least]) => ({
      from,
      to: from + length,
      ...(least === undefined ? {} : { least: Math.min(least, length) }),
    })),
  { maxLength: 12 },
);

describe("the box around a line", () => {
  it("is the one of its points", () => {
    const { lines } = arrange(plainFixture("diamond").graphs[0] as Graph, "lanes", new Set());
    expect(lines.length).toBeGreaterThan(4);
    for (const line of lines) expect(line.box).toEqual(boundsOf({ lines: [{ ...line, points: line.points }] }));
  });
});

describe("squeezing an axis", () => {
  it("keeps the order, leaves each stretch the room that it needs, and stretches that stay as long as they were", () => {
    fc.assert(
      fc.property(stretches, (all) => {
        const move = squeeze(all);
        for (let place = -10; place < 720; place += 7) expect(move(place)).toBeLessThanOrEqual(move(place + 7));
        for (const { from, to, least } of all) {
          expect(move(to) - move(from)).toBeGreaterThanOrEqual((least ?? to - from) - 1e-9);
        }
      }),
    );
  });

  it("makes a stretch that shrinks no longer than it must be, and leaves what is around it", () => {
    const move = squeeze([
      { from: 0, to: 50 },
      { from: 100, to: 400, least: 40 },
      { from: 450, to: 500 },
    ]);
    expect([0, 50, 100, 400, 450, 500].map(move)).toEqual([0, 50, 100, 140, 190, 240]);
  });

  it("shrinks nothing beside what stays", () => {
    const move = squeeze([
      { from: 0, to: 300, least: 40 },
      { from: 100, to: 200 },
    ]);
    expect(move(300) - move(0)).toBe(100);
  });

  it("moves nothing where there is nothing", () => {
    expect(squeeze([])(17)).toBe(17);
  });
});

function apart(a: Box, b: Box): boolean {
  return a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
}

function roundTrip(): Graph {
  return fixture("round_trip").graphs[0] as Graph;
}

function plainRoundTrip(): Graph {
  return plainFixture("round_trip").graphs[0] as Graph;
}

describe("the arrangement of a graph", () => {
  const ordinals = roundTrip().regions.map(({ ordinal }) => ordinal);
  const everySet = [[], ...ordinals.map((one) => [one]), ordinals];

  it("keeps boxes apart, whatever is folded, in both views", () => {
    for (const view of ["lanes", "dag"] as const) {
      for (const folded of everySet) {
        const graph = roundTrip();
        const { nodes, regions } = arrange(graph, view, new Set(folded));
        const alone = nodes.filter((_, index) => (graph.nodes[index]?.region ?? -1) < 0);
        const boxes = [...regions, ...alone];
        for (const [index, box] of boxes.entries())
          for (const other of boxes.slice(index + 1)) expect(apart(box, other)).toBe(true);
      }
    }
  });

  it("draws a folded region as one box with all of its nodes in it, and makes room", () => {
    const graph = roundTrip();
    const all = arrange(graph, "lanes", new Set(ordinals));
    expect(all.regions.every(({ w, h }) => w <= FOLDED.w && h <= FOLDED.h)).toBe(true);
    for (const [index, node] of graph.nodes.entries()) {
      if (node.region < 0) continue;
      expect(all.nodes[index]).toEqual(all.regions[ordinals.indexOf(node.region)]);
    }
    expect(boundsOf(all).h).toBeLessThan(boundsOf(arrange(graph, "lanes", new Set())).h);
  });

  it("leaves steps of the host that neither wait nor feed as they are beside it, and lets it shrink", () => {
    const graph = plainRoundTrip();
    const right = Math.max(...graph.nodes.map(({ x, w }) => x + w)) + 40;
    const checks = Array.from({ length: 8 }, (_, index) => {
      const place = { id: 1000 + index, op: 1000 + index, x: right, y: index * 60, region: -1, wave: -1 };
      return { ...(graph.nodes[0] as Graph["nodes"][0]), ...place };
    });
    const checked = { ...graph, nodes: [...graph.nodes, ...checks] };
    const [plain, beside] = [graph, checked].map((one) => arrange(one, "lanes", new Set(ordinals)));
    expect(beside?.regions).toEqual(plain?.regions);
    expect(beside?.nodes.slice(-8).map(({ y }) => y)).toEqual(checks.map(({ y }) => y));
  });

  it("moves what is in an open region with it, and keeps its lines as they were", () => {
    const graph = roundTrip();
    const [first, second] = ordinals as [number, number];
    const before = arrange(graph, "lanes", new Set());
    const after = arrange(graph, "lanes", new Set([first]));
    const at = ordinals.indexOf(second);
    const by = { x: (after.regions[at]?.x ?? 0) - (before.regions[at]?.x ?? 0) };
    for (const [index, node] of graph.nodes.entries()) {
      if (node.region === second) expect((after.nodes[index]?.x ?? 0) - (before.nodes[index]?.x ?? 0)).toBe(by.x);
    }
    for (const line of after.lines.filter(({ curved }) => !curved)) {
      const first = line.points[0];
      const from = graph.nodes.findIndex(({ id }) => id === graph.edges[line.edges[0] ?? -1]?.from);
      const box = after.nodes[from] as Box;
      expect(first?.[0]).toBeGreaterThanOrEqual(box.x);
      expect(first?.[0]).toBeLessThanOrEqual(box.x + box.w);
    }
  });

  it("draws the edges between two folded regions as one line for each kind, and those inside not at all", () => {
    const graph = roundTrip();
    const { lines } = arrange(graph, "dag", new Set(ordinals));
    const inside = graph.edges.filter(({ from, to }) => {
      const [source, target] = [from, to].map((id) => graph.nodes.find((node) => node.id === id)?.region ?? -1);
      return source === target && (source ?? -1) >= 0;
    });
    expect(lines.reduce((sum, { edges }) => sum + edges.length, 0)).toBe(graph.edges.length - inside.length);
    expect(lines.length).toBeLessThan(graph.edges.length);
  });

  it("opens with its regions folded where there are very many nodes in several regions", () => {
    const graph = plainRoundTrip();
    expect(opensFolded(graph).size).toBe(0);
    const many = Array.from({ length: FOLD_ABOVE + 1 }, (_, id) => ({ ...graph.nodes[0], id }) as Graph["nodes"][0]);
    expect(opensFolded({ ...graph, nodes: many }).size).toBe(graph.regions.length);
    expect(opensFolded({ ...graph, nodes: many, regions: graph.regions.slice(0, 1) }).size).toBe(0);
    const regions = Array.from({ length: 41 }, (_, ordinal) => ({ ...(graph.regions[0] as Region), ordinal }));
    expect(opensFolded({ ...graph, regions }).size).toBe(41);
    expect(opensFolded({ ...graph, regions: regions.slice(1) }).size).toBe(0);
  });

  it("has only lanes where the document has no other places", () => {
    const { dag: _, ...graph } = plainRoundTrip();
    expect(arrange(graph, "dag", new Set()).view).toBe("lanes");
  });

  it("draws curves that are vertical at each of their points", () => {
    const points = [
      [0, 0],
      [10, 20],
      [10, 40],
    ] as const;
    expect(pathData(points, true)).toBe("M0 0C0 10 10 10 10 20L10 40");
  });
});
