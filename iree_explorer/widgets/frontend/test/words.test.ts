import { expect, test } from "vitest";
import { andMore, counted, plural } from "../src/words";

test("numbers have separators, and one of a thing is one", () => {
  expect(counted(12_345)).toBe("12,345");
  expect([0, 1, 2_000].map((count) => plural(count, "op"))).toEqual(["0 ops", "1 op", "2,000 ops"]);
  expect(andMore(1_500)).toBe("and 1,500 more");
});
