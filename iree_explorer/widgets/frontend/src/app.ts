import { Actions, type Kernel } from "./actions";
import { elide, flag, h } from "./dom";
import { keepFocus } from "./focus";
import { type KeyMap, listenToKeys, silenceClassicNotebook } from "./keys";
import { breakOnOp, isForAnyProgram } from "./model/breakpoints";
import type { ExplorerDocument } from "./model/document";
import type { Unit } from "./model/stops";
import { Trace } from "./model/trace";
import { toggleScreen } from "./screen";
import { type Key, problemOf, type State, Store } from "./store";
import { STYLES } from "./styles";
import { type ThemeChoice, watchTheme } from "./theme";
import { BottomPane } from "./views/bottom";
import { ComparePanel } from "./views/compare/panel";
import { GraphPane } from "./views/graph/pane";
import { makeHelp } from "./views/help";
import { LoadPanel } from "./views/load";
import { ContextMenu, type MenuItem } from "./views/menu";
import { PassList } from "./views/pass-list";
import { ReasonLine } from "./views/reason";
import { placeReason } from "./views/reason-place";
import { ShareMenu } from "./views/share";
import { SourcePane } from "./views/source/pane";
import { makeSplitter } from "./views/splitter";
import { Stepper } from "./views/stepper";
import { Toolbar } from "./views/toolbar";
import type { View } from "./views/view";

export interface AppOptions {
  kernel: Kernel | null;
  theme: ThemeChoice;
  /** See `MountOptions`. */
  ownsPage?: boolean;
}

/** The whole widget, in a shadow tree of its own: a notebook's style sheets don't reach in, ours don't reach out. */
export class App {
  readonly store = new Store();
  readonly actions: Actions;
  private readonly root = h("div", {
    class: "ie-root",
    tabindex: 0,
    role: "region",
    "aria-label": "Schedule explorer",
    "data-ie-root": "",
  });
  private readonly main = h("div", { class: "ie-main" });
  private readonly source: SourcePane;
  private readonly graph: GraphPane;
  private readonly stepper: Stepper;
  private readonly menu = new ContextMenu();
  private readonly views: View[];
  private readonly toggleScreen = () => toggleScreen(this.host, this.actions);
  private requests = 0;
  private readonly endings: (() => void)[] = [];

  constructor(
    readonly host: HTMLElement,
    options: AppOptions,
  ) {
    this.actions = new Actions(this.store, options.kernel);
    const shadow = this.attach();
    const help = makeHelp();
    const load = options.kernel ? new LoadPanel(this.actions) : null;
    this.source = new SourcePane(this.actions, shadow);
    this.graph = new GraphPane(this.actions);
    this.stepper = new Stepper(this.actions, this.store);
    const reason = new ReasonLine(this.actions);
    const bottom = new BottomPane(this.actions);
    const passes = new PassList(this.actions);
    const share = new ShareMenu(this.actions, this.graph);
    const toolbar = new Toolbar(
      this.actions,
      () => load?.open(),
      () => help.open(),
      this.toggleScreen,
      share.element,
    );
    const compare = new ComparePanel(this.actions, shadow);
    const panels = [compare, ...(load ? [load] : [])];
    // The program last: its editor asks for the page's layout, which is then made once.
    this.views = [toolbar, share, this.stepper, this.graph, passes, reason, bottom, ...panels, this.source];
    const overlays = [...panels, help, this.menu].map(({ element }) => element);
    this.lay([toolbar, passes, reason, bottom], overlays);
    this.listen(options, () => help.open());
  }

  private attach(): ShadowRoot {
    const { host } = this;
    const shadow = host.attachShadow({ mode: "open" });
    host.classList.add("ie-host");
    host.setAttribute("data-lm-suppress-shortcuts", "true");
    const style = h("style");
    style.textContent = STYLES;
    shadow.append(style, this.root);
    return shadow;
  }

  private listen({ theme, ownsPage }: AppOptions, openHelp: () => void): void {
    const { root, store, endings } = this;
    const keys = this.keyMap(openHelp);
    endings.push(listenToKeys(root, keys));
    if (ownsPage) endings.push(listenToKeys(document.body, keys));
    flag(this.host, "data-ie-page", ownsPage ?? false);
    endings.push(silenceClassicNotebook(root), () => this.menu.close(false));
    root.addEventListener("contextmenu", (event) => this.onMenu(event));
    endings.push(store.subscribe((state, changed) => this.update(state, changed)));
    const showTheme = (dark: boolean) => {
      root.setAttribute("data-ie-theme", dark ? "dark" : "light");
      store.set({ dark });
    };
    endings.push(watchTheme(theme, showTheme));
  }

  private update(state: Readonly<State>, changed: ReadonlySet<Key>): void {
    this.mark(state);
    keepFocus(this.root, () => {
      this.source.prepare(state, changed);
      for (const view of this.views) view.update(state, changed);
    });
    // The other op is chosen by keys that act everywhere but in a control.
    if (changed.has("question") && state.question?.choosing) this.root.focus();
  }

  /** What there is to see now decides who gets the room: style sheets ask for these marks. */
  private mark(state: Readonly<State>): void {
    const { main } = this;
    flag(main, "data-ie-wide", state.tab === "run" && (this.actions.kernel !== null || state.run !== null));
    flag(main, "data-ie-dumps", state.trace?.isDump ?? false);
    flag(main, "data-ie-choosing", state.question?.choosing ?? false);
    flag(main, "data-ie-failed", problemOf(state) !== "");
    flag(main, "data-ie-editing", state.editing);
    flag(main, "data-ie-debugging", state.debug !== null);
  }

  private lay([toolbar, passes, reason, bottom]: [View, View, View, View], overlays: readonly HTMLElement[]): void {
    const { main } = this;
    const lower = h("div", { class: "ie-lower" }, bottom.element);
    main.append(
      this.source.element,
      makeSplitter(main, "Width of the program", "--ie-left", "x"),
      this.graph.element,
      passes.element,
      makeSplitter(main, "Height of the lower pane", "--ie-bottom", "y"),
      lower,
    );
    this.endings.push(placeReason(this.host, main, lower, reason.element));
    this.root.append(toolbar.element, this.stepper.element, main, ...overlays);
  }

  private keyMap(openHelp: () => void): KeyMap {
    const { actions } = this;
    const unit = (name: Unit) => () => actions.setUnit(name);
    return {
      j: () => actions.next(),
      ArrowRight: () => actions.next(),
      k: () => actions.previous(),
      ArrowLeft: () => actions.previous(),
      ArrowDown: () => actions.walk(1),
      ArrowUp: () => actions.walk(-1),
      Enter: () => actions.choose(),
      Home: () => actions.first(),
      End: () => actions.last(),
      "]": () => actions.stage(1),
      "[": () => actions.stage(-1),
      " ": () => actions.togglePlay(),
      ".": () => actions.continue(1),
      ",": () => actions.continue(-1),
      b: () => actions.toggleBreakHere(),
      B: () => actions.showTab("breaks"),
      c: () => actions.toggleOnlyChanges(),
      d: unit("decision"),
      o: unit("op"),
      p: unit("pass"),
      g: () => this.stepper.focusNumber(),
      "/": () => this.source.openSearch(),
      "+": () => this.graph.zoom(1.25),
      "=": () => this.graph.zoom(1.25),
      "-": () => this.graph.zoom(0.8),
      f: () => this.graph.showAll(),
      F: this.toggleScreen,
      v: () => actions.toggleView(),
      e: () => this.graph.toggleFoldHere(),
      E: () => this.graph.toggleFolds(),
      z: () => this.source.toggleFold(actions.opHere),
      r: () => actions.toggleTab(),
      i: () => this.source.openEditor(),
      m: () => actions.compareView(true),
      n: () => actions.stepRun("op"),
      N: () => actions.stepRun("wave"),
      x: () => actions.stopRun(),
      "?": openHelp,
      w: () => this.openMenuFor(actions.opHere, this.graph.pointOf(actions.opHere)),
      Escape: () => actions.escape(),
    };
  }

  /** What can be asked of and done at what is under the pointer; by the menu key, at the op at hand. */
  private onMenu(event: MouseEvent): void {
    const target = event.composedPath()[0];
    const typing = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
    if (typing || event.shiftKey) return;
    const byKey = event.button === 0 && !event.ctrlKey;
    const title = byKey ? undefined : this.graph.titleUnder(event);
    const op = byKey ? this.actions.opHere : Math.max(this.graph.opUnder(event), this.source.opUnder(event));
    if (!title && op < 0) return;
    event.preventDefault();
    // JupyterLab opens its own menu over ours, whatever was prevented.
    event.stopPropagation();
    if (title) this.menu.open(this.root, event.clientX, event.clientY, title.label, this.graph.itemsFor(title));
    else this.openMenuFor(op, byKey ? this.graph.pointOf(op) : [event.clientX, event.clientY]);
  }

  private openMenuFor(op: number, point: readonly [number, number] | null): void {
    const { trace, breakpoints, selection } = this.store.state;
    if (!trace || op < 0) return;
    const { actions } = this;
    this.graph.hideCard();
    const broken = breakpoints.includes(breakOnOp(op));
    const isOther = selection >= 0 && selection !== op;
    const selected = isOther ? elide(trace.nameOf(selection) || trace.label(selection), 24) : "";
    const items: MenuItem[] = [
      { text: "Why here?", name: "why", action: () => actions.ask(op) },
      ...(isOther
        ? [{ text: `Why not with ${selected}?`, name: "why-not-selected", action: () => actions.ask(op, selection) }]
        : []),
      { text: "Why not with …", name: "why-not", action: () => actions.askAbout(op) },
      {
        text: broken ? "Remove the breakpoint" : "Break here",
        name: "break",
        action: () => actions.toggleBreakpoint(breakOnOp(op)),
      },
      { text: "Copy name", name: "copy", action: () => actions.copyName(op) },
      ...this.graph.foldItemFor(op),
    ];
    const box = this.root.getBoundingClientRect();
    const [x, y] = point ?? [box.left + box.width / 2, box.top + box.height / 3];
    this.menu.open(this.root, x, y, elide(trace.label(op), 48), items);
  }

  /** Shows a document from a step on, with what it says is selected and asked. */
  show(document: ExplorerDocument, step: number, error: string): void {
    const { trace, breakpoints } = this.store.state;
    const known = trace?.document.text.lines;
    const same = !known || (known.length === document.text.lines.length && known.join() === document.text.lines.join());
    // Ops of another program have other numbers.
    const kept = same ? breakpoints : breakpoints.filter(isForAnyProgram);
    const comparison = document.comparison ?? null;
    const [op = -1, other = -1] = document.question ?? [];
    const asked = { question: document.question ? { op, other, choosing: false } : null, accused: null };
    const { run, selection = -1 } = document;
    const fresh = { ...asked, selection, lit: [], playing: false, run, breakpoints: kept };
    const compared = { comparison, comparing: comparison !== null };
    this.store.set({ ...fresh, ...compared, trace: new Trace(document), step, error });
  }

  /** Awaits one of several requests of its kind; `undefined` when a later one was made meanwhile. */
  async latest<T>(request: Promise<T>): Promise<T | undefined> {
    this.requests += 1;
    const own = this.requests;
    const answer = await request;
    return own === this.requests ? answer : undefined;
  }

  destroy(): void {
    this.store.set({ playing: false });
    for (const end of this.endings) end();
    for (const view of this.views) view.destroy?.();
    this.root.remove();
  }
}
