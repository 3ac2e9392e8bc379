import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TextState } from "../src/model/text-state";
import { applied, fixture, type Program, programs } from "./support/documents";

function textAt({ text, steps }: Program, step: number): Program["text"] {
  return applied(
    text,
    steps.slice(0, step + 1).flatMap(({ edits = [] }) => edits),
  );
}

const journeys = fc.array(fc.integer({ min: -1, max: 25 }), { maxLength: 30 });

describe("the text at a step", () => {
  it("has the edits once they have come", () => {
    fc.assert(
      fc.property(programs, fc.nat(25), (program, step) => {
        const late = program.steps.map(({ edits: _, ...rest }) => rest);
        const state = new TextState(program.text, late);
        state.moveTo(step);
        expect(state.lines).toEqual(program.text.lines);
        for (const [index, { edits }] of program.steps.entries())
          if (edits) Object.assign(late[index] ?? {}, { edits });
        state.complete();
        state.moveTo(step);
        expect({ lines: state.lines, owners: state.owners }).toEqual(textAt(program, step));
      }),
    );
  });

  it.each([
    ["many checkpoints", { edits: 2, slots: 1_000 }],
    ["few checkpoints", { edits: 5, slots: 20 }],
    ["none but the start", { edits: 1_000, slots: 1 }],
  ])("is that of all edits up to it, wherever one comes from: %s", (_, limits) => {
    fc.assert(
      fc.property(programs, journeys, (program, journey) => {
        const state = new TextState(program.text, program.steps, limits);
        for (const step of journey) {
          state.moveTo(step);
          expect({ lines: state.lines, owners: state.owners }).toEqual(textAt(program, step));
        }
      }),
    );
  });

  it("comes with the edits that lead there, unless it was restored", () => {
    fc.assert(
      fc.property(programs, journeys, (program, journey) => {
        const state = new TextState(program.text, program.steps, { edits: 4, slots: 100 });
        for (const step of journey) {
          const before = { lines: [...state.lines], owners: [...state.owners] };
          const change = state.moveTo(step);
          if (change) expect(applied(before, change)).toEqual({ lines: state.lines, owners: state.owners });
        }
      }),
    );
  });

  it("knows what the step took out, wherever one comes from", () => {
    fc.assert(
      fc.property(programs, journeys, (program, journey) => {
        const state = new TextState(program.text, program.steps, { edits: 2, slots: 1_000 });
        for (const step of journey) {
          state.moveTo(step);
          let before = textAt(program, step - 1);
          const expected = (program.steps[step]?.edits ?? []).map((edit) => {
            const cut = <T>(list: readonly T[]) => list.slice(edit.line, edit.line + edit.remove);
            const removed = { lines: cut(before.lines), owners: cut(before.owners) };
            before = applied(before, [edit]);
            return removed;
          });
          if (step < program.steps.length) expect(state.removedAt(step)).toEqual(expected);
        }
      }),
    );
  });

  it("tells the next step that edits", () => {
    fc.assert(
      fc.property(programs, fc.nat(25), (program, step) => {
        const { steps } = program;
        const found = steps.findIndex(({ edits = [] }, index) => index >= step && edits.length > 0);
        const from = Math.min(step, steps.length);
        expect(new TextState(program.text, steps).nextEdited(from)).toBe(found < 0 ? steps.length : found);
      }),
    );
  });

  it("tells the edits of one step", () => {
    const { text, steps } = fixture("diamond");
    const state = new TextState(text, steps);
    for (const [index, step] of steps.entries()) expect(state.editsOf(index)).toEqual(step.edits ?? []);
  });

  it("takes an edit of more lines than a call takes arguments", () => {
    const lines = Array.from({ length: 300_000 }, (_, index) => `line ${index}`);
    const owners = lines.map(() => 1);
    const steps = [
      { kind: "outlined" as const, stage: 0, op: 1, reason: "", edits: [{ line: 1, remove: 1, lines, owners }] },
    ];
    const state = new TextState({ lines: ["a", "b", "c"], owners: [0, 0, 0] }, steps);
    state.moveTo(0);
    expect(state.lines).toHaveLength(300_002);
    expect(state.lines.at(-1)).toBe("c");
    state.moveTo(-1);
    expect(state.lines).toEqual(["a", "b", "c"]);
  });
});
