import { describe, expect, it } from "vitest";
import type { Candidate } from "../src/model/document";
import { Trace } from "../src/model/trace";
import { blameOf, mainRefusal, wayBetween } from "../src/views/graph/blame";
import { Scene } from "../src/views/graph/scene";
import { fixture } from "./support/documents";

function sceneOf(name: string): { scene: Scene; trace: Trace } {
  const trace = new Trace(fixture(name));
  const [graph, memberships] = [trace.graph(0), trace.membershipsOf(0)];
  if (!graph || !memberships) throw new Error("the fixture has no graph");
  return {
    trace,
    scene: new Scene(
      graph,
      memberships,
      () => "",
      (text) => text.length * 7,
    ),
  };
}

/** The first step with a row that is refused by a rule. */
function refusalBy(trace: Trace, rule: string): { step: number; row: Candidate } {
  const step = trace.steps.findIndex(({ candidates }) => candidates?.some(({ why }) => why === rule));
  return { step, row: trace.steps[step]?.candidates?.find(({ why }) => why === rule) as Candidate };
}

describe("the way that made a refusal", () => {
  it("runs from the op to the one that touches the same bytes, and marks the wave", () => {
    const { scene, trace } = sceneOf("tied_hazard");
    const { step, row } = refusalBy(trace, "hazard");
    scene.moveTo(step);
    const op = trace.steps[step]?.op ?? -1;
    const blame = blameOf(scene, op, row, trace.offsetAt(step), true);
    expect(blame.lines).toHaveLength(1);
    expect(blame.wave).toBe(row.partition);
    const [to] = scene.nodesOf(row.ops.find((one) => one !== op) ?? -1);
    const end = blame.lines[0]?.points.at(-1);
    const box = scene.box(to ?? -1);
    expect(end?.[0]).toBeGreaterThanOrEqual(box.x);
    expect(end?.[0]).toBeLessThanOrEqual(box.x + box.w);
    expect(end?.[1]).toBe(box.y);
    scene.blame = blame;
    expect(scene.hulls.filter((hull) => scene.isAccused(hull)).map(({ wave }) => wave)).toEqual([row.partition]);
  });

  it("follows the edges, over more than one, and finds none backwards", () => {
    const { scene } = sceneOf("tied_hazard");
    const last = scene.graph.nodes.length - 1;
    const start = scene.graph.nodes.findIndex((_, index) => scene.feeds(index).length > 0);
    const way = wayBetween(scene, [start], (node) => scene.feeds(node).length === 0) ?? [];
    expect(way.length).toBeGreaterThan(1);
    for (const [index, edge] of way.entries()) {
      const next = way[index + 1];
      if (next !== undefined) expect(scene.edge(edge).to).toBe(scene.edge(next).from);
    }
    expect(wayBetween(scene, [last], (node) => node === start)).toBeNull();
  });

  it("is shown at steps that weigh or open, of the most telling rule and the first partition to run", () => {
    const row = (partition: number, why: string, verdict: Candidate["verdict"] = "refused"): Candidate => ({
      partition,
      verdict,
      why,
      because: "",
      ops: [],
    });
    const rows = [row(0, "downstream"), row(1, "hazard"), row(2, "hazard"), row(3, "affinity"), row(4, "", "chosen")];
    const step = { kind: "weighed" as const, stage: 0, op: 1, reason: "" };
    expect(mainRefusal(step, rows)?.partition).toBe(1);
    expect(mainRefusal({ ...step, kind: "placed" }, rows)).toBeUndefined();
    expect(mainRefusal(step, rows.slice(3))).toBeUndefined();
  });

  it("is one line below them for two ops of a row that share no value", () => {
    const { scene, trace } = sceneOf("round_trip");
    scene.moveTo(trace.lastStep);
    const boxes = scene.graph.nodes.map((_, index) => index);
    const lonely = boxes.filter((index) => scene.feeds(index).length === 0).map((index) => scene.node(index).op);
    const row: Candidate = { partition: 0, verdict: "refused", why: "hazard", because: "", ops: [lonely[0] ?? -1] };
    const blame = blameOf(scene, scene.node(0).op, row, 0, false);
    expect(blame.lines.length).toBe(1);
  });
});
