import type { Kernel, Source } from "../actions";
import { button, h, labelled, select, setOptions, setText } from "../dom";
import { Overlay } from "./overlay";

/** Where a program comes from: a sample, a file, or pasted text. */
export class LoadPanel {
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

  constructor(private readonly kernel: Kernel) {
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
      h("div", { class: "ie-load-row" }, load),
    ]);
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

  setSamples(names: readonly string[]): void {
    this.samplesLabel.hidden = names.length === 0;
    setOptions(this.samples, [["", "choose…"], ...names.map((name): [string, string] => [name, name])], "");
  }

  open(): void {
    this.overlay.open(this.text);
  }

  private read(file: File | undefined): void {
    if (!file) return;
    file.text().then(
      (text) => this.load({ text }),
      () => this.complain(`${file.name} can't be read.`),
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
    this.overlay.close();
    this.kernel.load(source);
  }
}
