import type { Kernel } from "./actions";
import { App } from "./app";
import { type Bytes, decodeComparison } from "./model/decode";
import type { Choices, Debug, RunResult } from "./model/document";
import { partsOf } from "./model/parts";
import { Later } from "./model/tables";
import { readLater, showDocument, showLater, unreadable } from "./showing";
import { isRunning } from "./store";

/** Of a message: its content and its buffers; of a changed trait: nothing that is used. */
type Listener = (content?: unknown, buffers?: readonly DataView<ArrayBuffer>[]) => void;

/** What is used of anywidget's model. */
export interface Model {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  save_changes(): void;
  send(content: unknown, callbacks?: unknown, buffers?: readonly Bytes[]): void;
  on(event: string, callback: Listener): void;
  off(event: string, callback: Listener): void;
}

/** Python hears of the cursor when it rests this long. */
const CURSOR_REST_MS = 150;

/** A kernel that is there and idle says at once that it is busy with what it was asked. */
const SILENCE_MS = 4000;
const SILENCE =
  "Python does not answer. It may be busy with another cell; after a restart of the kernel, run this cell again.";

/** Small programs go as they are. Servers refuse messages of many megabytes: large ones go in parts. */
function sendText(model: Model, message: Message): void {
  const { text, ...rest } = message;
  const parts = partsOf(text ?? "");
  if (parts.length < 2) model.send(message);
  else
    for (const [part, data] of parts.entries()) {
      model.send({ ...rest, part, parts: parts.length }, undefined, [new DataView(data.buffer)]);
    }
}

interface Message {
  type: string;
  text?: string;
}

/** @param onAsk something was asked that Python answers at once, if only by saying that it is busy */
function kernelOf(send: (message: Message) => void, onAsk: () => void): Kernel {
  const ask = (type: string, content: object = {}) => {
    send({ type, ...content });
    onAsk();
  };
  return {
    schedule: (options) => ask("schedule", options),
    load: (source) => ask("load", source),
    revert: () => ask("revert"),
    run: (request) => ask("run", request),
    compare: (options) => ask("compare", options),
    debug: (request) => ask("debug", request),
    stepRun: (way) => ask("step", { way }),
    stopRun: () => send({ type: "stop" }),
    measure: (request) => ask("measure", request),
    share: (kind, question) => ask("share", { kind, ...(question ? { question: [question.op, question.other] } : {}) }),
    variables: () => send({ type: "variables" }),
  };
}

function parseRun(text: unknown): RunResult | null {
  return typeof text === "string" && text !== "" ? (JSON.parse(text) as RunResult) : null;
}

function hasBytes(value: unknown): value is DataView {
  return value instanceof DataView && value.byteLength > 0;
}

/** Keeps the page and the traits of one widget in step. Each view of the widget has its own page. */
class Binding {
  private readonly app: App;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;
  /** What comes after the document. */
  private later = new Later();
  private readonly endings: (() => void)[] = [];

  constructor(
    private readonly model: Model,
    host: HTMLElement,
  ) {
    const kernel = kernelOf(
      (message) => this.send(message),
      () => this.listenForAnswer(),
    );
    this.app = new App(host, { kernel, theme: "auto" });
    this.follow("document", () => this.load());
    this.on("details", () => this.complete());
    this.follow("error", () => this.app.store.set({ error: String(model.get("error") ?? "") }));
    this.follow("failed", () => this.app.store.set({ failed: Number(model.get("failed") ?? -1) }));
    this.follow("busy", () => {
      this.hear();
      this.app.store.set({ busy: String(model.get("busy") ?? "") });
    });
    this.follow("height", () => host.style.setProperty("--ie-height", `${Number(model.get("height")) || 560}px`));
    this.follow("run_result", () => this.showRun());
    this.on("debug", () => this.showDebug());
    this.follow("partitioners", () => {
      this.app.store.set({ partitioners: (model.get("partitioners") ?? null) as Choices["partitioners"] | null });
    });
    this.follow("progress", () => this.app.store.set({ progress: (model.get("progress") ?? []) as number[] }));
    this.on("comparison", () => this.showComparison());
    this.listen("comm_live_update", () => this.lose());
    this.listen("msg:custom", (content, buffers) => this.receive(content, buffers));
    this.on("step", () => this.app.store.set({ step: Number(model.get("step")) || 0 }));
    this.on("selection", () => this.app.store.set({ selection: this.selection() }));
    if (Array.isArray(model.get("breakpoints"))) this.shareBreakpoints();
    this.endings.push(
      this.app.store.subscribe((state, changed) => {
        if (changed.has("step") || changed.has("selection")) this.tellPython();
        // Else the same error, made again, would be no change, and the page would not hear of it.
        if (changed.has("error") && state.error === "" && model.get("error")) this.write("error", "");
      }),
    );
  }

  /** A Python side of before there were breakpoints has no such trait: then they are the page's alone. */
  private shareBreakpoints(): void {
    const theirs = () => (this.model.get("breakpoints") as unknown[]).map(String);
    this.follow("breakpoints", () => {
      if (theirs().join("\n") !== this.app.store.state.breakpoints.join("\n"))
        this.app.store.set({ breakpoints: theirs() });
    });
    this.endings.push(
      this.app.store.subscribe((state, changed) => {
        if (!changed.has("breakpoints") || theirs().join("\n") === state.breakpoints.join("\n")) return;
        this.write("breakpoints", [...state.breakpoints]);
      }),
    );
  }

  /** Hosts throw at whom sends to a kernel that was shut down. */
  private send(message: Message): void {
    try {
      sendText(this.model, message);
    } catch {
      this.app.actions.complain(SILENCE);
    }
  }

  private write(trait: string, value: unknown): void {
    this.model.set(trait, value);
    this.model.save_changes();
  }

  private on(trait: string, callback: () => void): void {
    this.listen(`change:${trait}`, callback);
  }

  private listen(event: string, callback: Listener): void {
    this.model.on(event, callback);
    this.endings.push(() => this.model.off(event, callback));
  }

  /**
   * A kernel that was restarted, or that a saved notebook does not have, says nothing: then this does. While a run goes on,
   * what is asked for waits, or is passed over.
   */
  private listenForAnswer(): void {
    clearTimeout(this.silence);
    if (this.app.store.state.busy) return;
    this.silence = setTimeout(() => this.app.actions.complain(SILENCE), SILENCE_MS);
  }

  /** The kernel was restarted, or is gone: what it was doing is over. A page of a kernel that comes back hears of it anew. */
  private lose(): void {
    const { store, actions } = this.app;
    if (!isRunning(store.state) && !store.state.busy) return;
    store.set({ busy: "", progress: [], debug: null, lit: [] });
    actions.complain(SILENCE);
  }

  private hear(): void {
    clearTimeout(this.silence);
    if (this.app.store.state.error === SILENCE) this.app.actions.complain(String(this.model.get("error") ?? ""));
  }

  /** What Python sends beside traits. */
  private receive(content: unknown, buffers: readonly DataView<ArrayBuffer>[] = []): void {
    const message = content as { type?: string; name?: string; variables?: [string, string][] } | undefined;
    if (message?.type === "file") this.app.actions.save(message.name ?? "file", new Blob([...buffers]));
    // A partitioner that made what is shown was registered anew.
    if (message?.type === "mended") this.send({ type: "again" });
    if (message?.type === "variables") this.app.store.set({ variables: message.variables ?? [] });
  }

  private async showComparison(): Promise<void> {
    const bytes = this.model.get("comparison");
    if (!(bytes instanceof DataView)) return;
    try {
      const comparison = await decodeComparison(bytes);
      // Another may have come meanwhile, or the program have gone that this one is of.
      if (bytes === this.model.get("comparison")) this.app.store.set({ comparison, comparing: comparison !== null });
    } catch (cause) {
      this.app.actions.complain(unreadable("This comparison", cause));
    }
  }

  private follow(trait: string, callback: () => void): void {
    this.on(trait, callback);
    callback();
  }

  private selection(): number {
    const op = this.model.get("selection");
    return typeof op === "number" ? op : -1;
  }

  private async load(): Promise<void> {
    const bytes = this.model.get("document");
    if (!hasBytes(bytes)) return;
    const later = new Later();
    this.later = later;
    const problem = await this.take(later);
    if (later !== this.later) return;
    const step = Number(this.model.get("step")) || 0;
    await showDocument(this.app, bytes, { step, error: problem || String(this.model.get("error") ?? ""), later });
    // Another document may have come meanwhile.
    if (later !== this.later) return;
    // Of another view of this widget, the selection is shown here too.
    this.app.store.set({ awaited: later.isAwaited, selection: this.selection() });
    this.showRun();
    this.showDebug();
    await this.showComparison();
  }

  /** Takes what comes after the document, for the document that it came after. */
  private async complete(): Promise<void> {
    const { later } = this;
    const bytes = this.model.get("details");
    const problem = await this.take(later);
    if (later === this.later && hasBytes(bytes)) showLater(this.app, bytes, problem);
  }

  /** Reads it, where it has come; says what is wrong with it. */
  private async take(later: Later): Promise<string> {
    const bytes = this.model.get("details");
    return hasBytes(bytes) ? readLater(later, bytes) : "";
  }

  /** Where a run stands is what is selected; what ran last is lit up. The text is then that of the schedule. */
  private showDebug(): void {
    const text = this.model.get("debug");
    const debug = typeof text === "string" && text !== "" ? (JSON.parse(text) as Debug) : null;
    const { store, actions } = this.app;
    if (!debug && !store.state.debug) return;
    if (debug && !store.state.debug) actions.last();
    const fresh = { debug, lit: debug && debug.last >= 0 ? [debug.last] : [] };
    const run = parseRun(this.model.get("run_result"));
    if (!debug) store.set(fresh);
    else store.set({ ...fresh, run, selection: debug.op >= 0 ? debug.op : debug.last, tab: "run" });
  }

  private showRun(): void {
    const run = parseRun(this.model.get("run_result"));
    if (run) this.app.store.set({ run, tab: "run" });
  }

  /** Stepping never waits for Python: it is told where the cursor came to rest. */
  private tellPython(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const { step, selection } = this.app.store.state;
      if (this.model.get("step") === step && this.selection() === selection) return;
      this.model.set("step", step);
      this.model.set("selection", selection);
      this.model.save_changes();
    }, CURSOR_REST_MS);
  }

  destroy(): void {
    clearTimeout(this.timer);
    clearTimeout(this.silence);
    for (const end of this.endings) end();
    this.app.destroy();
  }
}

export function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  const host = document.createElement("div");
  el.append(host);
  const binding = new Binding(model, host);
  return () => {
    binding.destroy();
    host.remove();
  };
}
