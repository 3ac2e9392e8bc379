// @vitest-environment happy-dom
import { EditorView } from "@codemirror/view";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placesOf } from "../src/views/source/edit";
import { findAll } from "../src/views/source/find";
import { undoHistory } from "../src/views/source/undo";

const query = { isRegExp: false, isWord: false };

describe("finding", () => {
  const found = (text: string, wanted: string, more = {}) =>
    findAll(text, { ...query, text: wanted, ...more })?.map(({ from, to }) => text.slice(from, to));

  it("finds a plain text wherever it stands", () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), fc.string(), (before, wanted, after) => {
        const text = before + wanted + after;
        const matches = findAll(text, { ...query, text: wanted }) ?? [];
        expect(matches.length).toBeGreaterThan(0);
        expect(matches[0]?.from).toBeLessThanOrEqual(before.length);
      }),
    );
  });

  it("tells capitals apart where the query has one", () => {
    expect(found("Wave wave WAVE", "wave")).toEqual(["Wave", "wave", "WAVE"]);
    expect(found("Wave wave WAVE", "Wave")).toEqual(["Wave"]);
  });

  it("finds whole names of values", () => {
    expect(found("%1 = op %12, %1#0 : %1", "%1", { isWord: true })?.length).toBe(3);
    expect(found("@a::@b @a @ab", "@a", { isWord: true })?.length).toBe(2);
  });

  it("takes regular expressions, and says which are none", () => {
    expect(found("%1 %22 %x", "%\\d+", { isRegExp: true })).toEqual(["%1", "%22"]);
    expect(findAll("x", { ...query, text: "(", isRegExp: true })).toBeNull();
    expect(findAll("x", { ...query, text: "(" })).toEqual([]);
    expect(found("abc", "x*", { isRegExp: true })).toEqual([]);
  });
});

describe("the places of errors", () => {
  it.each([
    ["diamond.mlir:3:7: error: no such op", [{ line: 3, column: 7 }]],
    ["a:b.mlir:12:1: error: x:1:1: error: y", [{ line: 12, column: 1 }]],
    [
      "a:3:7: error: x\na:4:1: note: y\na:9:2: error: z",
      [
        { line: 3, column: 7 },
        { line: 9, column: 2 },
      ],
    ],
    ["there is no program in the text", []],
  ])("%s", (error, places) => {
    expect(placesOf(error)).toEqual(places);
  });
});

describe("undo", () => {
  it("takes everything back, and redo brings it again", () => {
    const insert = fc.record({ at: fc.nat(), remove: fc.nat(3), text: fc.string({ maxLength: 4 }) });
    fc.assert(
      fc.property(fc.string(), fc.array(insert, { maxLength: 8 }), (start, edits) => {
        const view = new EditorView({ doc: start, extensions: undoHistory() });
        const first = view.state.doc.toString();
        for (const { at, remove, text } of edits) {
          const from = at % (view.state.doc.length + 1);
          view.dispatch({ changes: { from, to: Math.min(from + remove, view.state.doc.length), insert: text } });
        }
        const last = view.state.doc.toString();
        const press = (key: string) =>
          view.contentDOM.dispatchEvent(new KeyboardEvent("keydown", { key, ctrlKey: true }));
        for (let count = 0; count < 10; count++) press("z");
        expect(view.state.doc.toString()).toBe(first);
        for (let count = 0; count < 10; count++) press("y");
        expect(view.state.doc.toString()).toBe(last);
        view.destroy();
      }),
      { numRuns: 30 },
    );
  });
});
