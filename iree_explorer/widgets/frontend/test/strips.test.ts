import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Strips } from "../src/views/graph/strips";
import { boxWithin, overlaps, within } from "../src/views/graph/viewport";

const place = fc.integer({ min: -20_000, max: 20_000 });
const length = fc.integer({ min: 0, max: 9_000 });
const box = fc.record({ x: place, y: place, w: length, h: length });

describe("what is in sight", () => {
  it("is found as if all boxes were looked at", () => {
    fc.assert(
      fc.property(fc.array(box, { maxLength: 60 }), box, (boxes, sight) => {
        const wanted = [...boxes.keys()].filter((index) => overlaps(boxes[index] as typeof sight, sight));
        expect(new Strips(boxes).within(sight)).toEqual(wanted);
      }),
    );
  });

  it("keeps its points and borders when lines are cut; nothing comes into sight", () => {
    fc.assert(
      fc.property(box, box, (hull, sight) => {
        const cut = boxWithin(hull, sight);
        expect(overlaps(cut, sight)).toBe(overlaps(hull, sight));
        const inSight = (x: number, y: number) => overlaps({ x, y, w: 0, h: 0 }, sight);
        const corner: [number, number] = [hull.x, hull.y];
        if (inSight(...corner)) expect(within(corner, sight)).toEqual(corner);
        else expect(inSight(...within(corner, sight))).toBe(false);
      }),
    );
  });

  it("is cut in whole periods of dashes", () => {
    const sight = { x: 0, y: 0, w: 100, h: 100 };
    expect(within([50, -100_000], sight)[1]).toBeGreaterThanOrEqual(-180);
    expect((within([50, -100_000], sight)[1] + 100_000) % 90).toBe(0);
  });
});
