import { describe, expect, it } from "vitest";
import { rows } from "../src/model/tables";

describe("tables", () => {
  it("become objects", () => {
    const inner = { "#": 2, columns: { line: [4, 5] } };
    const columns = {
      kind: ["a", "b", "c"],
      op: { at: [0, 2], of: [5, 7] },
      edits: { at: [1], of: { lengths: [2], of: inner } },
      place: [[[1, 2]], [], [[3, 4]]],
      lines: { at: [2], of: [[{ waves: inner }]] },
    };
    expect(rows({ steps: { "#": 3, columns }, rest: [1, "#"], none: null })).toEqual({
      steps: [
        { kind: "a", op: 5, place: [[1, 2]] },
        { kind: "b", edits: [{ line: 4 }, { line: 5 }], place: [] },
        { kind: "c", op: 7, place: [[3, 4]], lines: [{ waves: [{ line: 4 }, { line: 5 }] }] },
      ],
      rest: [1, "#"],
      none: null,
    });
  });

  it("leaves what is no table as it is", () => {
    const value = { a: [{ b: [1, [2]] }, { c: "x" }], d: [] };
    expect(rows(structuredClone(value))).toEqual(value);
  });
});
