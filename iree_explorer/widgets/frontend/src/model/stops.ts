import type { Stage, Step } from "./document";
import { upperBound } from "./lists";

/** How far one press of ▶ goes. */
export type Unit = "decision" | "op" | "pass";

export interface Filter {
  unit: Unit;
  onlyChanges: boolean;
}

/** A reason to stop at a step: breakpoints are further predicates. */
export type StopPredicate = (step: Step, index: number) => boolean;

/** The step changes the text or the membership of a node. */
function changesSomething(step: Step): boolean {
  return (step.edits?.length ?? 0) > 0 || (step.place?.length ?? 0) > 0;
}

/** The last step of each run of steps that speak of the same op in the same stage. */
function endsOfOps(steps: readonly Step[]): StopPredicate {
  return (step, index) => {
    const next = steps[index + 1];
    return next === undefined || next.op !== step.op || next.stage !== step.stage;
  };
}

/** Each pass's last step, which shows its result; and step 0, where all starts. */
function endsOfPasses(stages: readonly Stage[]): StopPredicate {
  const ends = new Set(stages.map((stage) => stage.end - 1));
  return (_step, index) => index === 0 || ends.has(index);
}

/** Where stepping halts under a filter: ascending step numbers. The first and the last step always belong. */
export function findStops(steps: readonly Step[], stages: readonly Stage[], filter: Filter): number[] {
  const predicates: StopPredicate[] = [];
  if (filter.unit === "op") predicates.push(endsOfOps(steps));
  if (filter.unit === "pass") predicates.push(endsOfPasses(stages));
  if (filter.onlyChanges) predicates.push(changesSomething);
  if (predicates.length === 0) return [...steps.keys()];
  const last = steps.length - 1;
  const stops: number[] = [];
  for (const [index, step] of steps.entries()) {
    const edge = index === 0 || index === last;
    if (edge || predicates.every((predicate) => predicate(step, index))) stops.push(index);
  }
  return stops;
}

/** The next stop after `step`, or `step` itself at the end. */
export function nextStop(stops: readonly number[], step: number): number {
  return stops[upperBound(stops, step)] ?? step;
}

/** The stop before `step`, or `step` itself at the start. */
export function previousStop(stops: readonly number[], step: number): number {
  return stops[upperBound(stops, step - 1) - 1] ?? step;
}
