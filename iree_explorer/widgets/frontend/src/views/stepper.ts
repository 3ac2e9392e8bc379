import type { Actions } from "../actions";
import { button, h, icon, press, select, setAttribute, setOptions, setText, show, turnOff } from "../dom";
import type { Stage } from "../model/document";
import type { Unit } from "../model/stops";
import { type Key, type State, type Store, touches } from "../store";
import { StageChoice, stageWords } from "./stages";
import type { View } from "./view";

const UNITS: [Unit, string][] = [
  ["decision", "by decision"],
  ["op", "by op"],
  ["pass", "by pass"],
];

const PLAY_MS = 700;
/** Width of the slider's thumb, as in the style sheet. */
const THUMB = 14;

/** ◀ ▶, the slider, and how far a step goes. */
export class Stepper implements View {
  readonly element: HTMLElement;
  private readonly slider = h("input", {
    type: "range",
    class: "ie-slider",
    min: 0,
    step: 1,
    "aria-label": "Step",
    "data-ie-slider": "",
  });
  private readonly number = h("input", {
    type: "text",
    inputmode: "numeric",
    class: "ie-number",
    "aria-label": "Go to step",
    title: "Go to step (g)",
    "data-ie-step": "",
  });
  private readonly total = h("span", { class: "ie-total", "data-ie-total": "" });
  private readonly track = h("div", { class: "ie-track", "aria-hidden": "true" });
  /** The part of the track that the step is in. */
  private here: Element | undefined;
  private readonly play: HTMLButtonElement;
  private readonly onward: HTMLButtonElement;
  private readonly stages: StageChoice;
  private readonly changes: HTMLButtonElement;
  private readonly unit: HTMLSelectElement;
  private readonly moves: HTMLButtonElement[];
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly actions: Actions,
    private readonly store: Store,
  ) {
    this.play = button({ label: "Play", icon: "play", key: "space", action: "play" }, () => actions.togglePlay());
    this.moves = [
      button({ label: "First step", icon: "first", key: "Home", action: "first" }, () => actions.first()),
      button({ label: "Step back", icon: "previous", key: "← or k", action: "previous" }, () => actions.previous()),
      button({ label: "Step", icon: "next", key: "→ or j", action: "next", class: "ie-button ie-primary" }, () =>
        actions.next(),
      ),
      button({ label: "Last step", icon: "last", key: "End", action: "last" }, () => actions.last()),
    ];
    this.onward = button(
      { label: "Continue to the next breakpoint", icon: "onward", key: ".", action: "continue" },
      () => actions.continue(1),
    );
    this.stages = new StageChoice(actions);
    this.changes = button(
      {
        label: "Only steps that change something (c)",
        text: "only changes",
        action: "only-changes",
        class: "ie-toggle",
      },
      () => actions.toggleOnlyChanges(),
    );
    this.unit = select("How far a step goes", "unit", (value) => actions.setUnit(value as Unit));
    setOptions(this.unit, UNITS, "decision");
    this.listen();
    this.element = h(
      "div",
      { class: "ie-stepper", role: "group", "aria-label": "Stepping" },
      h("span", { class: "ie-buttons" }, ...this.moves, this.play, this.onward),
      h("div", { class: "ie-scrub" }, this.slider, this.track),
      h("span", { class: "ie-position" }, this.number, this.total),
      this.stages.element,
      this.unit,
      this.changes,
    );
  }

  private listen(): void {
    this.slider.addEventListener("input", () => this.store.set({ step: Number(this.slider.value), playing: false }));
    this.slider.addEventListener("pointermove", ({ offsetX }) => this.tell(offsetX));
    this.number.addEventListener("change", () => {
      const wanted = Number(this.number.value.trim() || Number.NaN);
      if (Number.isFinite(wanted)) this.store.set({ step: wanted - 1, playing: false });
      this.writeNumber(this.store.state);
    });
    // Keys pressed next step on.
    this.number.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") this.writeNumber(this.store.state);
      if (key === "Escape" || key === "Enter") this.element.closest<HTMLElement>("[data-ie-root]")?.focus();
    });
  }

  /** Says which step, of which pass, is at a place of the slider. */
  private tell(x: number): void {
    const { trace } = this.store.state;
    const part = (x - THUMB / 2) / Math.max(1, this.slider.clientWidth - THUMB);
    const step = trace?.clamp(Math.round(part * trace.lastStep)) ?? 0;
    const stage = trace?.stageOf(step);
    setAttribute(this.slider, "title", stage ? `${step + 1}: ${stageWords(stage)}` : "");
  }

  focusNumber(): void {
    this.number.focus();
    this.number.select();
  }

  destroy(): void {
    clearInterval(this.timer);
  }

  update(state: Readonly<State>, changed: ReadonlySet<Key>): void {
    this.stages.update(state, changed);
    if (changed.has("trace")) this.load(state);
    if (touches(changed, "trace", "step")) this.move(state);
    if (changed.has("filter")) {
      this.unit.value = state.filter.unit;
      press(this.changes, state.filter.onlyChanges);
    }
    show(this.onward, state.breakpoints.length > 0);
    if (changed.has("playing")) this.setPlaying(state.playing);
  }

  private load(state: Readonly<State>): void {
    const count = state.trace?.steps.length ?? 0;
    this.slider.max = String(Math.max(0, count - 1));
    this.slider.disabled = count < 2;
    this.number.disabled = count < 2;
    turnOff(this.play, count < 2);
    press(this.changes, state.filter.onlyChanges);
    // A dump's steps are passes already.
    show(this.unit, !state.trace?.isDump);
    setText(this.total, `/ ${count}`);
    this.number.style.width = `${Math.max(3, String(count).length + 2)}ch`;
    this.track.replaceChildren(...(state.trace?.document.stages ?? []).map((stage) => this.segment(stage, count)));
  }

  /** The slider's thumb moves between centres of its own width: the style sheet insets the track by half of that. */
  private segment(stage: Stage, count: number): HTMLElement {
    const share = 100 / Math.max(1, count - 1);
    const element = h("span", { class: "ie-segment", "data-ie-pass": stage.pass });
    element.style.left = `${stage.first * share}%`;
    element.style.width = `${Math.max(0, stage.end - stage.first - 1) * share}%`;
    return element;
  }

  private writeNumber(state: Readonly<State>): void {
    this.number.value = state.trace && state.trace.steps.length > 0 ? String(state.step + 1) : "0";
  }

  private move(state: Readonly<State>): void {
    const { trace, step } = state;
    this.slider.value = String(step);
    const stage = trace?.stageOf(step);
    const where = stage ? `, ${stage.pass} of @${stage.function}` : "";
    this.slider.setAttribute("aria-valuetext", `step ${step + 1} of ${trace?.steps.length ?? 0}${where}`);
    this.writeNumber(state);
    const last = trace?.lastStep ?? 0;
    for (const [index, element] of this.moves.entries()) {
      turnOff(element, index < 2 ? step === 0 : step === last);
    }
    const here = this.track.children[trace?.steps[step]?.stage ?? -1];
    if (here === this.here) return;
    this.here?.removeAttribute("data-ie-current");
    here?.setAttribute("data-ie-current", "");
    this.here = here;
  }

  private setPlaying(playing: boolean): void {
    clearInterval(this.timer);
    if (playing) this.timer = setInterval(() => this.actions.playOn(), PLAY_MS);
    this.play.replaceChildren(icon(playing ? "pause" : "play"));
    this.play.setAttribute("aria-label", playing ? "Pause" : "Play");
    this.play.title = playing ? "Pause (space)" : "Play (space)";
  }
}
