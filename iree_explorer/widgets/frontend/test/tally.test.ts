import { expect, it } from "vitest";
import { Tally } from "../src/views/graph/tally";

it("regions and waves grow as their nodes come, and shrink as they go", () => {
  const tally = new Tally([
    { region: 0, wave: 0 },
    { region: 0, wave: 1 },
    { region: -1, wave: -1 },
  ]);
  expect([tally.total(0), tally.total(0, 1), tally.total(1)]).toEqual([2, 1, 0]);
  expect(tally.growth(0, -1)).toBe("absent");
  tally.place(0, 0, -1);
  expect([tally.growth(0, -1), tally.growth(0, 0), tally.wavesOf(0)]).toEqual(["forming", "absent", 0]);
  tally.place(0, 0, 0);
  tally.place(1, 0, 1);
  tally.place(2, -1, -1);
  expect([tally.growth(0, -1), tally.growth(0, 1), tally.wavesOf(0)]).toEqual(["formed", "formed", 2]);
  tally.place(1, -1, -1);
  expect([tally.here(0), tally.here(0, 1), tally.wavesOf(0)]).toEqual([1, 0, 1]);
});
