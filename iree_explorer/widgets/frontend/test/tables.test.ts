import { describe, expect, it } from "vitest";
import { Later, rows } from "../src/model/tables";

/** The value with all that its objects show as their own. */
function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied);
  if (typeof value !== "object" || value === null) return value;
  const found: Record<string, unknown> = {};
  for (const key in value) found[key] = copied((value as Record<string, unknown>)[key]);
  return found;
}

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
    expect(copied(rows({ steps: { "#": 3, columns }, rest: [1, "#"], none: null }))).toEqual({
      steps: [
        { kind: "a", op: 5, place: [[1, 2]] },
        { kind: "b", edits: [{ line: 4 }, { line: 5 }], place: [] },
        { kind: "c", op: 7, place: [[3, 4]], lines: [{ waves: [{ line: 4 }, { line: 5 }] }] },
      ],
      rest: [1, "#"],
      none: null,
    });
  });

  it("show the same object of a list each time", () => {
    const inner = { "#": 3, columns: { line: [4, 5, 6] } };
    const found = rows({ "#": 2, columns: { edits: { lengths: [1, 2], of: inner } } }) as {
      edits: { line: number }[];
    }[];
    expect(found[1]?.edits.map(({ line }) => line)).toEqual([5, 6]);
    expect(found[1]?.edits[0]).toBe(found[1]?.edits[0]);
    expect(found[0]?.edits).toHaveLength(1);
  });

  it("lack what comes later until it has come", () => {
    const later = new Later();
    const columns = { op: [7, 8, 9], more: { later: 1 } };
    const found = rows({ "#": 3, columns }, later) as { op: number; more?: { line: number }[] }[];
    expect(found.map(({ op, more }) => [op, more])).toEqual([
      [7, undefined],
      [8, undefined],
      [9, undefined],
    ]);
    const lists = { lengths: [1, 1], of: { "#": 2, columns: { line: [4, 5] } } };
    later.come(JSON.stringify([[], { at: [0, 2], of: lists }]));
    expect(found.map(({ more }) => more?.map(({ line }) => line))).toEqual([[4], undefined, [5]]);
  });

  it("have empty objects where an object comes later", () => {
    const later = new Later();
    const found = rows({ ops: { later: 0 } }, later) as { ops: Record<string, number> };
    expect(found.ops).toEqual({});
    expect(later.isAwaited).toBe(true);
    later.come(JSON.stringify([{ "7": 1 }]));
    expect(found.ops).toEqual({ "7": 1 });
  });

  it("leaves what is no table as it is", () => {
    const value = { a: [{ b: [1, [2]] }, { c: "x" }], d: [] };
    expect(rows(structuredClone(value))).toEqual(value);
  });
});
