import { EditorState, Text } from "@codemirror/state";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changesOf, differingLines } from "../src/views/source/changes";
import { foldRange } from "../src/views/source/folding";
import { editedLines, linesOf } from "../src/views/source/lines";
import { tokenize } from "../src/views/source/mlir-tokens";
import { applied, programs } from "./support/documents";

const someLines = fc.array(fc.constantFrom("a", "b", "c", ""), { minLength: 1, maxLength: 8 });

describe("edits of lines as changes of the editor", () => {
  it("give the same text", () => {
    fc.assert(
      fc.property(programs, ({ text, steps }) => {
        const edits = steps.flatMap((step) => step.edits ?? []);
        const after = applied(text, edits).lines;
        const doc = changesOf(Text.of(text.lines), edits).apply(Text.of(text.lines));
        // A document always has a line: one without any is one empty line.
        if (after.length > 0 && !emptiesOnTheWay(text.lines.length, edits))
          expect(doc.toString()).toBe(after.join("\n"));
      }),
    );
  });

  it("are clamped when they lie past the end", () => {
    const doc = Text.of(["a", "b"]);
    const edit = { line: 9, remove: 3, lines: ["c"], owners: [0] };
    expect(changesOf(doc, [edit]).apply(doc).toString()).toBe("a\nb\nc");
  });
});

function emptiesOnTheWay(lines: number, edits: readonly { remove: number; lines: string[] }[]): boolean {
  let length = lines;
  return edits.some((edit) => {
    length += edit.lines.length - edit.remove;
    return length === 0;
  });
}

describe("the lines that differ", () => {
  it("replaced, make one text of the other", () => {
    fc.assert(
      fc.property(someLines, someLines, (before, after) => {
        const edit = differingLines(before, after);
        const result = edit ? applied({ lines: before, owners: [] }, [edit]).lines : before;
        expect(result).toEqual(after);
      }),
    );
  });

  it("leave out what both have at either end", () => {
    expect(differingLines(["a", "b", "c"], ["a", "x", "y", "c"])).toMatchObject({
      line: 1,
      remove: 1,
      lines: ["x", "y"],
    });
    expect(differingLines(["a", "a"], ["a", "a", "a"])).toMatchObject({ remove: 0, lines: ["a"] });
    expect(differingLines(["a"], ["a"])).toBeNull();
  });
});

describe("the lines that a step brought in", () => {
  it("are those that carry its mark after its edits", () => {
    fc.assert(
      fc.property(programs, ({ text, steps }) => {
        const mark = 99;
        const edits = steps.flatMap(({ edits: own = [] }) =>
          own.map((edit) => ({ ...edit, owners: edit.lines.map(() => mark) })),
        );
        const { owners } = applied(text, edits);
        expect(editedLines(edits, owners.length)).toEqual(linesOf(owners, new Set([mark])));
      }),
    );
  });
});

describe("folding", () => {
  const state = EditorState.create({
    doc: ["module {", "  func.func @f() {", "  ^bb0:", "    return", "  }", "}", 'x {a = "{"}', "y {"].join("\n"),
  });
  const at = (line: number) => foldRange(state, state.doc.line(line).from);

  it("goes from a brace to the line that closes it", () => {
    expect(at(1)).toEqual({ from: state.doc.line(1).to, to: state.doc.line(6).from });
    expect(at(2)).toEqual({ from: state.doc.line(2).to, to: state.doc.line(5).from + 2 });
  });

  it("is not for lines that open nothing, or that nothing closes", () => {
    expect(at(4)).toBeNull();
    expect(at(7)).toBeNull();
    expect(at(8)).toBeNull();
  });
});

/** Lines of what tokens are made of, so that beginnings of tokens meet each other. */
const lines = fc
  .array(fc.constantFrom(...'%@"\\!#^:.0x9e-a_f32 {}<>/\u00e9\u{1f600}\0'), { maxLength: 40 })
  .map((characters) => characters.join(""));

describe("colours of MLIR", () => {
  const classes = (line: string) =>
    Object.fromEntries(tokenize(line).map(({ from, to, class: name }) => [line.slice(from, to), name]));

  it("tell the parts of an op apart", () => {
    const line =
      '%3:2 = stream.async.dispatch @ex::@square[%c1](%1#0) {a = #map, s = "x // y"} : (!stream.resource<*>{%c64}) -> i32 // end';
    expect(classes(line)).toMatchObject({
      "%3:2": "value",
      "stream.async.dispatch": "op",
      "@ex": "symbol",
      "@square": "symbol",
      "%1#0": "value",
      "#map": "attribute",
      '"x // y"': "string",
      "!stream.resource": "type",
      i32: "type",
      "// end": "comment",
    });
  });

  it("are ordered and never overlap, whatever the line", () => {
    fc.assert(
      fc.property(lines, (line) => {
        const tokens = tokenize(line);
        const ordered = tokens.every(({ from, to }, index) => from >= (tokens[index - 1]?.to ?? 0) && to > from);
        expect(ordered && (tokens.at(-1)?.to ?? 0) <= line.length).toBe(true);
      }),
    );
  });

  it("give up on lines of data", () => {
    const line = `dense<"0x${"A".repeat(100_000)}">`;
    expect(tokenize(line).every(({ to }) => to <= 4000)).toBe(true);
  });
});
