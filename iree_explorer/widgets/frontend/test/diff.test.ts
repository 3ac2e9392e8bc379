import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commonIndent, type DiffLine, diffOf } from "../src/model/diff";

function editOf(lines: readonly [string, number][]) {
  return { line: 0, remove: 0, lines: lines.map(([text]) => text), owners: lines.map(([, owner]) => owner) };
}

/** Each line with its sign, and what is marked of it in brackets. */
function words(lines: readonly DiffLine[]): string[] {
  return lines.map(({ sign, text, marks }) => {
    const parts = marks.reduceRight(
      (rest, [from, to]) => `${rest.slice(0, from)}[${rest.slice(from, to)}]${rest.slice(to)}`,
      text,
    );
    return sign + parts;
  });
}

const line = fc.tuple(fc.constantFrom("a", "b", "c d", "c e", ""), fc.integer({ min: -1, max: 4 }));

describe("the lines of an edit", () => {
  it("are those that went and those that came, without what both have at either end", () => {
    const edit = editOf([
      ["a", -1],
      ["x", -1],
      ["y", -1],
      ["c", -1],
    ]);
    expect(
      words(
        diffOf(
          edit,
          editOf([
            ["a", -1],
            ["b", -1],
            ["c", -1],
          ]),
        ),
      ),
    ).toEqual(["−b", "+x", "+y"]);
    expect(
      words(
        diffOf(
          editOf([["a", -1]]),
          editOf([
            ["a", -1],
            ["a", -1],
          ]),
        ),
      ),
    ).toEqual(["−a"]);
  });

  it("stand together where they are of one op, with the words that differ", () => {
    const before = editOf([
      ["%1 = foo %a", 1],
      ["%2 = bar %1", 2],
      ["%3 = baz", 3],
    ]);
    const after = editOf([
      ["%5 = new", 9],
      ["%6 = foo %a", 1],
      ["%7 = bar %6", 2],
    ]);
    expect(words(diffOf(after, before))).toEqual([
      "+%5 = new",
      "−[%1] = foo %a",
      "+[%6] = foo %a",
      "−[%2] = bar [%1]",
      "+[%7] = bar [%6]",
      "−%3 = baz",
    ]);
  });

  it("keep their order on both sides: what was taken out, and what was put in", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 10 }), fc.array(line, { maxLength: 10 }), (old, now) => {
        const [before, after] = [editOf(old), editOf(now)];
        const found = diffOf(after, before);
        const side = (sign: string) => found.filter((one) => one.sign === sign).map(({ text }) => text);
        const inOrder = (part: readonly string[], whole: readonly string[]) => {
          let at = 0;
          for (const text of whole) if (text === part[at]) at++;
          return at === part.length;
        };
        expect(inOrder(side("−"), before.lines)).toBe(true);
        expect(inOrder(side("+"), after.lines)).toBe(true);
        // What is not told is the same on both sides.
        expect(before.lines.length - side("−").length).toBe(after.lines.length - side("+").length);
        for (const { text, marks } of found)
          for (const [from, to] of marks) expect([from < to, to <= text.length]).toEqual([true, true]);
      }),
    );
  });

  it("are indented by what all of them are", () => {
    expect(commonIndent(["    a", "      b", ""])).toBe(4);
    expect(commonIndent([""])).toBe(0);
  });
});
