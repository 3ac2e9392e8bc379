import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { checkDocument } from "../../src/model/decode";
import type { Edit, ExplorerDocument, Graph, Step } from "../../src/model/document";
import { rows } from "../../src/model/tables";

/** All lists of objects as Python writes long ones, as tables: a test sees where the page spreads what can only be read. */
function tabled(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (!Array.isArray(value)) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, tabled(one)]));
  if (typeof value[0] !== "object" || value[0] === null || Array.isArray(value[0])) return value;
  const keys = [...new Set(value.flatMap((one) => Object.keys(one)))];
  const columns = keys.map((key) => {
    const at = [...value.keys()].filter((index) => key in value[index]);
    return [key, { at, of: at.map((index) => tabled(value[index][key])) }];
  });
  return { "#": value.length, columns: Object.fromEntries(columns) };
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, "..", "fixtures", `${name}.json`), "utf8"));
}

export function fixture(name: string): ExplorerDocument {
  return checkDocument(rows(tabled(read(name))));
}

/** For a test that makes another document of it. */
export function plainFixture(name: string): ExplorerDocument {
  return checkDocument(read(name));
}

export interface Program {
  text: { lines: string[]; owners: number[] };
  steps: Step[];
}

/** What a step's edits make of a text, by the plainest means. */
export function applied(text: Program["text"], edits: readonly Edit[]): Program["text"] {
  const lines = [...text.lines];
  const owners = [...text.owners];
  for (const edit of edits) {
    lines.splice(edit.line, edit.remove, ...edit.lines);
    owners.splice(edit.line, edit.remove, ...edit.owners);
  }
  return { lines, owners };
}

const word = fc.string({ maxLength: 6 }).map((text) => text.replaceAll(/[\r\n]/g, " "));
const line = fc.tuple(word, fc.integer({ min: -1, max: 5 }));

/** Where an edit goes, as parts of the text that it will meet. */
const wish = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat(4),
  lines: fc.array(line, { maxLength: 4 }),
});

function toEdit(
  length: number,
  { at, remove, lines }: { at: number; remove: number; lines: [string, number][] },
): Edit {
  const start = Math.round(at * length);
  return {
    line: start,
    remove: Math.min(remove, length - start),
    lines: lines.map(([text]) => text),
    owners: lines.map(([, owner]) => owner),
  };
}

/** A text and steps whose edits fit it. */
export const programs: fc.Arbitrary<Program> = fc
  .tuple(fc.array(line, { minLength: 1, maxLength: 12 }), fc.array(fc.array(wish, { maxLength: 3 }), { maxLength: 20 }))
  .map(([first, wishes]) => {
    const text = { lines: first.map(([part]) => part), owners: first.map(([, owner]) => owner) };
    let length = first.length;
    const steps = wishes.map((ofStep): Step => {
      const edits = ofStep.map((one) => {
        const edit = toEdit(length, one);
        length += edit.lines.length - edit.remove;
        return edit;
      });
      return { kind: "rewritten", stage: 0, op: -1, reason: "", edits };
    });
    return { text, steps };
  });

export function graphOf(nodes: number, clones: readonly number[] = []): Graph {
  return {
    function: "f",
    nodes: Array.from({ length: nodes }, (_, id) => ({
      id,
      op: id,
      origin: clones.includes(id) ? id : -1,
      label: `node ${id}`,
      detail: "",
      kind: "dispatch" as const,
      x: 0,
      y: id * 60,
      w: 160,
      h: 44,
      region: 0,
      wave: id,
      bytes: "",
    })),
    edges: [],
    regions: [],
    width: 200,
    height: nodes * 60,
  };
}
