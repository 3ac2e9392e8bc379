import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Trace } from "../src/model/trace";
import { pathData, traceArrow } from "../src/views/graph/renderer";
import { Scene } from "../src/views/graph/scene";
import { fitText } from "../src/views/graph/text-fit";
import {
  MIN_SCALE,
  opening,
  overlaps,
  reveal,
  showAll,
  showMost,
  visibleBox,
  zoomAt,
} from "../src/views/graph/viewport";
import { fixture } from "./support/documents";

/** Seven units a character. */
const byLength = (text: string) => text.length * 7;

function diamond(): Scene {
  const trace = new Trace(fixture("diamond"));
  const graph = trace.graph(0);
  const memberships = trace.membershipsOf(0);
  if (!graph || !memberships) throw new Error("the fixture has no graph");
  return new Scene(graph, memberships, (op, copy) => trace.nameOf(op, copy), byLength);
}

describe("showing most of a graph", () => {
  const pane = { width: 600, height: 400 };
  const now = { scale: 1, x: 0, y: -49_800 };

  it("shows all of one whose nodes can be seen", () => {
    const graph = { x: 0, y: 0, w: 500, h: 5000 };
    expect(showMost(graph, pane, now)).toEqual(showAll(graph, pane));
  });

  it("shows what is around the middle of the pane of one that would be a thread", () => {
    const graph = { x: 0, y: 0, w: 2000, h: 900_000 };
    const shown = showMost(graph, pane, now);
    const sight = visibleBox(shown, pane);
    expect(shown.scale).toBeGreaterThan(showAll(graph, pane).scale * 10);
    expect(sight.y + sight.h / 2).toBeCloseTo(50_000);
    expect(sight.x + sight.w / 2).toBeCloseTo(1000);
  });

  it("does not go beyond the graph's ends", () => {
    const graph = { x: 0, y: 0, w: 2000, h: 900_000 };
    const first = showMost(graph, pane, { scale: 1, x: 0, y: 0 });
    const last = visibleBox(showMost(graph, pane, { scale: 1, x: 0, y: -2_000_000 }), pane);
    expect(first.y).toBeGreaterThan(0);
    expect(first.y).toBeLessThan(50);
    expect(last.y + last.h).toBeGreaterThan(900_000);
    expect(last.y + last.h).toBeLessThan(902_000);
  });
});

describe("the scene of a graph", () => {
  it("lets regions and waves grow with the steps", () => {
    const scene = diamond();
    const growth = (region: number, wave: number) => {
      const hull = scene.hulls.find((one) => one.region === region && one.wave === wave);
      return hull && scene.growth(hull);
    };
    expect(growth(0, -1)).toBe("absent");
    scene.moveTo(4);
    expect(growth(0, -1)).toBe("forming");
    scene.moveTo(32);
    expect([growth(0, -1), growth(0, 0)]).toEqual(["formed", "absent"]);
    scene.moveTo(49);
    expect(growth(0, 3)).toBe("forming");
    scene.moveTo(55);
    expect(scene.summary()).toEqual({ nodes: 13, regions: 3, waves: 9 });
  });

  it("hides a copy of an op until the step that makes it, and its edges", () => {
    const scene = diamond();
    const copy = scene.graph.nodes.findIndex(({ origin }) => origin >= 0);
    const edge = scene.graph.edges.findIndex(({ from }) => from === scene.node(copy).id);
    scene.moveTo(18);
    expect([scene.isHidden(copy), scene.isEdgeHidden(edge)]).toEqual([true, true]);
    scene.moveTo(19);
    expect([scene.isHidden(copy), scene.isEdgeHidden(edge)]).toEqual([false, false]);
  });

  it("says which nodes look different after each emphasis, and lights an op's copies too", () => {
    const scene = diamond();
    scene.moveTo(55);
    expect([...scene.emphasize(22, [], -1, [])]).toEqual([3]);
    expect([...scene.emphasize(21, [], -1, [])].sort()).toEqual([2, 3, 8]);
    expect([...scene.current]).toEqual([2, 8]);
    expect(scene.emphasize(21, [], -1, []).size).toBe(0);
    expect(scene.brightLines.size).toBe(2);
  });

  it("keeps the lines of the current op bright when they are drawn otherwise", () => {
    const scene = diamond();
    scene.moveTo(55);
    scene.emphasize(21, [], -1, []);
    const bright = () => [...scene.brightLines].flatMap((line) => scene.lines[line]?.edges ?? []).sort();
    const before = bright();
    scene.arrange("dag", new Set());
    expect(bright()).toEqual(before);
  });

  it("frames the one region that a step makes, though copies of its ops stand in others", () => {
    const scene = diamond();
    scene.moveTo(32);
    scene.emphasize(-1, [21, 25, 26, 27, 28, 29], -1, []);
    const framed = scene.hulls.filter((hull) => scene.isCurrentHull(hull)).map(({ region }) => region);
    expect(framed).toEqual([0]);
  });

  it("draws a folded region as a box that says what it holds, and rings it for what is in it", () => {
    const scene = diamond();
    scene.arrange("lanes", new Set([0]));
    const hull = scene.hulls.find(({ folded }) => folded);
    if (!hull) throw new Error("no region is folded");
    expect(scene.hulls.some(({ region, wave }) => region === 0 && wave >= 0)).toBe(false);
    expect(scene.contents(hull)).toBe("0 of 6 ops");
    scene.moveTo(4);
    expect(scene.contents(hull)).toBe("1 of 6 ops");
    scene.moveTo(55);
    expect([scene.contents(hull), scene.fullness(hull)]).toEqual(["6 ops · 5 waves", 1]);
    const wide = { ...hull, label: "partition 0", detail: "@device_a", box: { ...hull.box, w: 400 } };
    expect([scene.hullText(wide), scene.foldText(wide)]).toEqual(["▸ partition 0", "6 ops · 5 waves · @device_a"]);
    const inside = scene.graph.nodes.findIndex(({ region }) => region === 0);
    expect([scene.isFolded(inside), [...scene.foldsOf([inside])]]).toEqual([true, [0]]);
    expect(scene.foldedOps).toBe(6);
    expect(scene.summary()).toEqual({ nodes: 13, regions: 3, waves: 9 });
  });

  it("says which value a line carries, and how large it is", () => {
    const scene = diamond();
    const line = scene.lines.find(({ edges }) => scene.edge(edges[0] ?? -1).bytes !== "");
    expect(line && scene.lineText(line)).toMatch(/^%\d+ · \d+ B$/);
    for (const one of scene.lines) {
      const [edge] = one.edges.map((index) => scene.edge(index));
      const from = scene.graph.nodes.findIndex(({ id }) => id === edge?.from);
      const { name } = scene.words(from);
      if (name) expect(scene.lineText(one)).toBe(`${name} · ${edge?.bytes}`);
    }
  });

  it("writes beside a region's name what there is room for, each part whole", () => {
    const scene = diamond();
    const [own] = scene.hulls;
    if (!own) throw new Error("no region");
    const titled = (w: number) =>
      scene.hullText({ ...own, box: { ...own.box, w }, label: "partition 1", detail: "@a · after region 2, region 3" });
    const texts = [400, 280, 200, 120].map(titled);
    expect(texts).toEqual([
      "▾ partition 1 · @a · after region 2, region 3",
      "▾ partition 1 · @a · after region 2 …",
      "▾ partition 1 · @a …",
      "▾ partition 1…",
    ]);
  });

  it("is as large as what is drawn", () => {
    expect(diamond().bounds).toEqual({ x: 24, y: 24, w: 620, h: 980 });
  });

  it("writes on a node its label and its name in the program, cut to its width", () => {
    const scene = diamond();
    expect(scene.words(3)).toEqual({ label: "square", name: "%3", detail: "@ex::@square · 64 B" });
    expect(fitText("abcdef", 21, "label", byLength)).toBe("ab…");
    expect(fitText("abc", 21, "label", byLength)).toBe("abc");
    expect(fitText("A".repeat(1e6), 21, "label", byLength)).toBe("AA…");
  });
});

const size = fc.record({ width: fc.integer({ min: 50, max: 3000 }), height: fc.integer({ min: 50, max: 3000 }) });
const boxes = fc.record({
  x: fc.integer({ min: -900, max: 900 }),
  y: fc.integer({ min: -900, max: 900 }),
  w: fc.integer({ min: 1, max: 9000 }),
  h: fc.integer({ min: 1, max: 90_000 }),
});
const transform = fc.record({
  scale: fc.double({ min: 0.05, max: 3, noNaN: true }),
  x: fc.integer({ min: -5000, max: 5000 }),
  y: fc.integer({ min: -5000, max: 5000 }),
});

describe("opening a graph", () => {
  const pane = { width: 640, height: 600 };
  const core = { x: 0, y: 0, w: 900, h: 3000 };

  it("shows the part that the rest stands beside, and all of it where that can be read", () => {
    const wide = { x: 0, y: 0, w: 2000, h: 3000 };
    expect(opening(wide, pane, core)).toEqual(opening(core, pane));
    const sight = visibleBox(opening(wide, pane, core, 800), pane);
    expect(sight.x + sight.w).toBeLessThan(core.x + core.w + 30);
    const small = { x: 0, y: 0, w: 700, h: 500 };
    expect(opening(small, pane, { ...small, w: 300 })).toEqual(showAll(small, pane));
  });

  it("cuts nothing beside that part where there is room for it", () => {
    const beside = { x: -100, y: 0, w: 1000, h: 3000 };
    const sight = visibleBox(opening(beside, pane, { ...core, w: 700 }), pane);
    expect(sight.x).toBeLessThanOrEqual(beside.x);
    expect(sight.x + sight.w).toBeGreaterThanOrEqual(beside.x + beside.w);
  });

  it("leaves out what stands beside that part where words would be too small with it", () => {
    const wide = { x: -100, y: 0, w: 1150, h: 3000 };
    const part = { ...core, w: 700 };
    expect(opening(wide, pane, part)).toEqual(opening(part, pane));
    expect(opening(wide, pane, part).scale).toBeGreaterThan(0.7);
  });

  it("cuts a wide one at one side alone where its middle is in sight there", () => {
    const wide = { x: 0, y: 0, w: 1600, h: 3000 };
    const sides = (middle: number) => {
      const sight = visibleBox(opening(wide, pane, wide, middle), pane);
      expect(sight.x).toBeLessThan(middle);
      expect(sight.x + sight.w).toBeGreaterThan(middle);
      return [sight.x <= wide.x, sight.x + sight.w >= wide.w];
    };
    expect(sides(500)).toEqual([true, false]);
    expect(sides(800)).toEqual([false, false]);
    expect(sides(1100)).toEqual([false, true]);
  });
});

const GRAPH = { x: 0, y: 0, w: 5100, h: 5040 };

describe("the view of a graph", () => {
  it("shows all of it, never enlarged", () => {
    fc.assert(
      fc.property(boxes, size, (graph, pane) => {
        const transform = showAll(graph, pane);
        const sight = visibleBox(transform, pane);
        expect(transform.scale).toBeLessThanOrEqual(1);
        expect(opening(graph, pane).scale).toBeGreaterThanOrEqual(transform.scale);
        if (transform.scale > MIN_SCALE && pane.width > 40 && pane.height > 40) {
          expect(sight.x).toBeLessThanOrEqual(graph.x);
          expect(sight.y + sight.h).toBeGreaterThanOrEqual(graph.y + graph.h);
        }
      }),
    );
  });

  it("keeps the point under the pointer when zooming", () => {
    fc.assert(
      fc.property(
        transform,
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        fc.nat(800),
        fc.nat(800),
        (before, factor, x, y) => {
          const after = zoomAt(before, factor, x, y);
          expect((x - after.x) / after.scale).toBeCloseTo((x - before.x) / before.scale, 3);
        },
      ),
    );
  });

  it("moves to what is out of sight, and not again", () => {
    fc.assert(
      fc.property(transform, fc.nat(5000), fc.nat(5000), (before, x, y) => {
        const box = { x, y, w: 100, h: 40 };
        const pane = { width: 900, height: 700 };
        const after = reveal(before, box, pane, GRAPH) ?? before;
        expect(overlaps(visibleBox(after, pane), box)).toBe(true);
        if (100 * after.scale < 800) expect(reveal(after, box, pane, GRAPH)).toBeNull();
      }),
    );
  });

  it("makes smaller what has no room, but no thread of it", () => {
    const pane = { width: 400, height: 300 };
    const wide = { x: 1000, y: 1000, w: 700, h: 100 };
    const after = reveal({ scale: 1, x: 0, y: 0 }, wide, pane, GRAPH);
    if (!after) throw new Error("it was out of sight");
    const sight = visibleBox(after, pane);
    expect(sight.x).toBeLessThan(wide.x);
    expect(sight.x + sight.w).toBeGreaterThan(wide.x + wide.w);
    expect(reveal({ scale: 1, x: 0, y: 0 }, { ...wide, w: 4000 }, pane, GRAPH)?.scale).toBe(1);
  });

  it("does not move past the ends of the graph", () => {
    const pane = { width: 300, height: 200 };
    const graph = { x: 0, y: 0, w: 200, h: 400 };
    const at = (y: number) => reveal({ scale: 1, x: 50, y: 1000 }, { x: 10, y, w: 100, h: 40 }, pane, graph);
    expect(at(350)?.y).toBe(200 - 16 - 400);
    expect(at(10)?.y).toBe(16);
    expect(at(180)?.y).toBe(100 - 200);
  });
});

describe("a bent line", () => {
  it("has rounded corners, and starts and ends where it should", () => {
    expect(
      pathData([
        [0, 0],
        [0, 100],
        [50, 100],
      ]),
    ).toBe("M0 0L0 92Q0 100 8 100L50 100");
    expect(
      pathData([
        [5, 5],
        [5, 5],
        [5, 9],
      ]),
    ).toMatch(/^M5 5.*L5 9$/);
    expect(pathData([])).toBe("");
  });
});

describe("the arrow at the end of a line", () => {
  /** Its tip, and the middle of its base. */
  function arrow(points: readonly (readonly [number, number])[], curved = false): number[][] {
    const corners: [number, number][] = [];
    const keep = (x: number, y: number) => corners.push([x, y]);
    const never = () => expect.unreachable();
    traceArrow({ points, curved }, { moveTo: keep, lineTo: keep, quadraticCurveTo: never, bezierCurveTo: never });
    const [tip, one, other] = corners;
    if (!tip || !one || !other) return [];
    return [tip, [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2]].map((point) => point.map(Math.round));
  }

  it("points where the last part of the line goes", () => {
    expect(
      arrow([
        [0, 0],
        [0, 50],
        [100, 50],
      ]),
    ).toEqual([
      [101, 50],
      [92, 50],
    ]);
    expect(
      arrow([
        [100, 0],
        [100, 50],
      ]),
    ).toEqual([
      [100, 51],
      [100, 42],
    ]);
  });

  it("of a curve is upright, as its end is", () => {
    expect(
      arrow(
        [
          [0, 0],
          [100, 50],
        ],
        true,
      ),
    ).toEqual([
      [100, 51],
      [100, 42],
    ]);
    expect(
      arrow(
        [
          [0, 50],
          [100, 0],
        ],
        true,
      ),
    ).toEqual([
      [100, -1],
      [100, 8],
    ]);
  });

  it("is none where there is no line", () => {
    expect(arrow([])).toEqual([]);
    expect(
      arrow([
        [3, 3],
        [3, 3],
      ]),
    ).toEqual([]);
  });
});
