import type { Actions } from "../actions";
import { h } from "../dom";
import type { Breakpoint } from "../model/breakpoints";

/** A dot that sets and removes a breakpoint. */
export function breakToggle(actions: Actions, breakpoint: Breakpoint, what: string, on: boolean): HTMLButtonElement {
  const toggle = h("button", {
    type: "button",
    class: "ie-break-dot",
    title: `Break on ${what}`,
    "aria-label": `Break on ${what}`,
    "aria-pressed": String(on),
    "data-ie-break": breakpoint,
  });
  toggle.addEventListener("click", () => actions.toggleBreakpoint(breakpoint));
  return toggle;
}
