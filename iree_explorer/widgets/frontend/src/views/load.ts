import type { Actions, Source } from "../actions";
import { button, h, labelled, select, setOptions, setText } from "../dom";
import type { Key, State } from "../store";
import { Overlay } from "./overlay";
import { placesOf } from "./source/edit";
import type { View } from "./view";

/** A longer text of a file is not shown where its error is. */
const LONGEST_SHOWN = 1_000_000;

/** Rejects where the file cannot be read, or is no text. */
async function textOf(file: File): Promise<string> {
  return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
}

/** Where a program comes from: a sample, a file, or pasted text. It stays open until there is a program, and says what is wrong. */
export class LoadPanel implements View {
  readonly overlay: Overlay;
  private readonly text = h("textarea", {
    class: "ie-paste",
    "aria-label": "Program text",
    placeholder:
      "Paste stream-dialect MLIR here, or drop a file. StableHLO, TOSA or linalg is compiled where IREE is installed; the output of --mlir-print-ir-after-all opens as a list of passes.",
    spellcheck: "false",
    "data-ie-paste": "",
  });
  private readonly file = h("input", {
    type: "file",
    accept: ".mlir,.txt,text/plain",
    class: "ie-file",
    "aria-label": "Open a file",
    "data-ie-file": "",
  });
  private readonly from = h("input", {
    type: "text",
    class: "ie-input ie-from",
    placeholder: "model.mlir or https://…",
    spellcheck: "false",
    "data-ie-from": "",
  });
  private readonly samples: HTMLSelectElement;
  private readonly samplesLabel: HTMLElement;
  private readonly problem = h("p", { class: "ie-error", role: "alert", hidden: true });
  private readonly busy = h("span", { class: "ie-busy", role: "status" });
  /** What Python was asked for and has not answered. */
  private asked: Source | null = null;

  constructor(private readonly actions: Actions) {
    this.samples = select("Sample", "sample", (sample) => this.load({ sample }));
    this.samplesLabel = labelled("sample", this.samples);
    this.samplesLabel.hidden = true;
    const load = button(
      { label: "Load", text: "Load this text", action: "load-text", class: "ie-button ie-primary" },
      () => this.submit(),
    );
    this.overlay = new Overlay("Load a program", "load", [
      h(
        "div",
        { class: "ie-load-row" },
        this.samplesLabel,
        labelled("file", this.file),
        labelled("path or URL", this.from),
      ),
      this.text,
      this.problem,
      h("div", { class: "ie-load-row" }, load, this.busy),
    ]);
    // What was wrong with a text that is not shown is not wrong with the program.
    this.overlay.onClose = () => {
      if (this.asked) this.actions.complain("");
      this.asked = null;
    };
    this.from.addEventListener("keydown", (event) => {
      const from = this.from.value.trim();
      if (event.key === "Enter" && from !== "") this.load({ from });
    });
    this.file.addEventListener("change", () => this.read(this.file.files?.[0]));
    this.text.addEventListener("drop", (event) => {
      const dropped = event.dataTransfer?.files[0];
      if (!dropped) return;
      event.preventDefault();
      this.read(dropped);
    });
  }

  get element(): HTMLElement {
    return this.overlay.element;
  }

  update({ trace, busy, error }: Readonly<State>, changed: ReadonlySet<Key>): void {
    if (changed.has("busy")) setText(this.busy, busy);
    if (changed.has("trace")) {
      const names = trace?.document.choices.samples ?? [];
      this.samplesLabel.hidden = names.length === 0;
      setOptions(this.samples, [["", "choose…"], ...names.map((name): [string, string] => [name, name])], "");
    }
    // Python writes a program of nothing as a module with nothing in it.
    if (!this.asked && changed.has("trace") && trace && !trace.isDump && trace.document.text.lines.length < 3)
      // It takes no focus from a notebook whose cells are run on.
      this.overlay.open(document.activeElement === document.body ? this.text : null);
    if (!this.asked) return;
    // The same program again is no new document: Python is just done.
    if (changed.has("trace") || (changed.has("busy") && busy === "" && error === "")) {
      this.asked = null;
      this.overlay.close();
    } else if (changed.has("error") && error !== "" && this.overlay.isOpen) this.tell(error, this.asked);
  }

  open(): void {
    this.overlay.open(this.text);
  }

  /** What is wrong, and in a text the line of it. */
  private tell(error: string, asked: Source): void {
    this.complain(error);
    const place = placesOf(error)[0];
    if (!("text" in asked) || asked.text.length > LONGEST_SHOWN || !place) return;
    const { text } = this;
    text.value = asked.text;
    const lines = text.value.split("\n");
    const start = lines.slice(0, place.line - 1).join("\n").length + (place.line > 1 ? 1 : 0);
    text.focus();
    text.setSelectionRange(start, start + (lines[place.line - 1]?.length ?? 0));
    text.scrollTop = (text.scrollHeight * (place.line - 1)) / lines.length - text.clientHeight / 2;
  }

  private read(file: File | undefined): void {
    if (!file) return;
    textOf(file).then(
      (text) => this.load({ text, file: file.name }),
      () => this.complain(`${file.name} is not a text file, so not a program.`),
    );
  }

  private submit(): void {
    if (this.text.value.trim() === "") this.complain("There is no text to load.");
    else this.load({ text: this.text.value });
  }

  private complain(message: string): void {
    setText(this.problem, message);
    this.problem.hidden = false;
  }

  private load(source: Source): void {
    if ("sample" in source && source.sample === "") return;
    this.problem.hidden = true;
    this.file.value = "";
    this.asked = source;
    // The same error again would be none that is new.
    this.actions.complain("");
    this.actions.kernel?.load(source);
  }
}
