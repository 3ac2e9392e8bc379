import type { Scope } from "./model/document";
import { nextStop, previousStop, type Unit } from "./model/stops";
import type { Store, Tab } from "./store";

/** What only Python can do. A page without a kernel has none. */
export interface Kernel {
  schedule(options: { favor: string; passes: Scope[]; execution: string; concurrency: string }): void;
  load(source: { text: string } | { sample: string }): void;
  run(request: { function: string; inputs: string[]; workers: number }): void;
}

/** Everything a user can do by button, key or pointer, in one place. */
export class Actions {
  constructor(
    private readonly store: Store,
    readonly kernel: Kernel | null,
  ) {}

  goTo(step: number): void {
    this.store.set({ step });
  }

  next(): void {
    this.goTo(nextStop(this.store.stops, this.store.state.step));
  }

  previous(): void {
    this.store.set({ step: previousStop(this.store.stops, this.store.state.step), playing: false });
  }

  first(): void {
    this.store.set({ step: 0, playing: false });
  }

  last(): void {
    this.store.set({ step: this.store.state.trace?.lastStep ?? 0, playing: false });
  }

  /** To the first step of the pass before or after; before, from inside a pass, means its own start. */
  stage(direction: 1 | -1): void {
    const { trace, step } = this.store.state;
    const starts = (trace?.document.stages ?? []).map((stage) => stage.first);
    const target = direction > 0 ? starts.find((start) => start > step) : starts.findLast((start) => start < step);
    if (target !== undefined) this.goTo(target);
  }

  togglePlay(): void {
    const { playing, step, trace } = this.store.state;
    const restart = !playing && step === trace?.lastStep;
    this.store.set({ playing: !playing, ...(restart ? { step: 0 } : {}) });
  }

  setUnit(unit: Unit): void {
    this.store.set({ filter: { ...this.store.state.filter, unit } });
  }

  toggleOnlyChanges(): void {
    const { filter } = this.store.state;
    this.store.set({ filter: { ...filter, onlyChanges: !filter.onlyChanges } });
  }

  toggleFollow(): void {
    this.store.set({ follow: !this.store.state.follow });
  }

  showTab(tab: Tab): void {
    this.store.set({ tab });
  }

  toggleTab(): void {
    this.showTab(this.store.state.tab === "why" ? "run" : "why");
  }

  select(op: number): void {
    this.store.set({ selection: op });
  }

  light(ops: readonly number[]): void {
    const { lit } = this.store.state;
    if (ops.length !== lit.length || ops.some((op, index) => op !== lit[index])) this.store.set({ lit: ops });
  }
}
