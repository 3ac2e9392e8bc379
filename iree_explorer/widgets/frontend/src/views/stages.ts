import type { Actions } from "../actions";
import { elide, select, setOptions } from "../dom";
import type { Stage } from "../model/document";
import type { Key, State } from "../store";
import type { View } from "./view";

/** A pass over a function in words. */
export function stageWords({ pass, function: name }: Stage): string {
  return pass === "passes" ? `passes over ${elide(name, 40)}` : `${pass} of @${elide(name, 40)}`;
}

/** Which pass over which function the step belongs to; a choice goes to the start of another. */
export class StageChoice implements View {
  readonly element: HTMLSelectElement;
  private firsts: readonly number[] = [];

  constructor(actions: Actions) {
    this.element = select("Pass and function", "stage", (value) => actions.goTo(this.firsts[Number(value)] ?? 0));
    this.element.hidden = true;
  }

  update({ trace, step }: Readonly<State>, changed: ReadonlySet<Key>): void {
    const stages = trace?.document.stages ?? [];
    const current = String(trace?.steps[step]?.stage ?? 0);
    if (changed.has("trace")) {
      this.firsts = stages.map(({ first }) => first);
      const options = stages.map((stage, index): [string, string] => [String(index), stageWords(stage)]);
      this.element.replaceChildren();
      setOptions(this.element, options, current);
      this.element.hidden = stages.length === 0;
    } else if (changed.has("step") && this.element.value !== current) this.element.value = current;
  }
}
