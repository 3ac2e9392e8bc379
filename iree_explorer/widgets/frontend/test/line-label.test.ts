import { describe, expect, it } from "vitest";
import type { Point } from "../src/views/graph/arrange";
import { labelPlace, labelRoom } from "../src/views/graph/line-label";

const line = (...points: Point[]) => ({ points, curved: false });
const down = line([0, 0], [0, 60]);
const right = line([0, 0], [0, 8], [90, 8], [90, 60]);
const left = line([0, 0], [0, 8], [-90, 8], [-90, 60]);

describe("the words of a line", () => {
  it("end before what a level one leads to", () => {
    expect(labelRoom(line([0, 20], [100, 20]))).toBe(84);
    expect(labelRoom(line([100, 20], [0, 20], [0, 60]))).toBe(84);
    expect(labelRoom(down)).toBe(Infinity);
  });

  it("stand right of it, below where it begins", () => {
    expect(labelPlace([down])).toEqual({ x: 5, y: 13, anchor: "start" });
    expect(labelPlace([left, down])).toEqual({ x: 5, y: 13, anchor: "start" });
    expect(labelPlace([line([0, 0], [0, 30], [90, 30], [90, 60])])).toEqual({ x: 5, y: 13, anchor: "start" });
  });

  it("stand left where a line of the value bends to the right beside them, and below where others bend to the left", () => {
    expect(labelPlace([down, right])).toEqual({ x: -5, y: 13, anchor: "end" });
    expect(labelPlace([right, left])).toEqual({ x: 5, y: 21, anchor: "start" });
    expect(labelPlace([down, right], false)).toEqual({ x: 5, y: 21, anchor: "start" });
  });

  it("stand at the side to which a curve does not go", () => {
    expect(labelPlace([{ points: [[0, 0], [50, 90]], curved: true }]).anchor).toBe("end"); // biome-ignore format: a line
    expect(labelPlace([{ points: [[0, 0], [-50, 90]], curved: true }]).anchor).toBe("start"); // biome-ignore format: a line
  });

  it("stand below a line that begins sideways, clear of its node", () => {
    expect(labelPlace([line([0, 0], [90, 0])])).toEqual({ x: 8, y: 13, anchor: "start" });
  });

  it("stand nowhere without a line", () => {
    expect(labelPlace([])).toEqual({ x: 0, y: 0, anchor: "start" });
  });
});
