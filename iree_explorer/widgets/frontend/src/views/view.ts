import type { Key, State } from "../store";

/** A part of the page. It draws itself from the state, and only what the changed keys ask for. */
export interface View {
  readonly element: HTMLElement;
  update(state: Readonly<State>, changed: ReadonlySet<Key>): void;
  destroy?(): void;
}
