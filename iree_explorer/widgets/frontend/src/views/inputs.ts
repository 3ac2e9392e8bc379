import type { Actions } from "../actions";
import { elide, h, setText } from "../dom";
import type { State } from "../store";
import { plural } from "../words";

/** Words that fill an input; Python knows them. */
const FILLS = ["random", "ones", "zeros", "iota"];

/** `4x?xf32` fits `4x8xf32`, and floats of any width each other: Python converts them. */
export function fits(wanted: string, given: string): boolean {
  const [want, have] = [wanted.split("x"), given.split("x")];
  const kind = (type: string) => (/^[us]?i\d+$/.test(type) ? "i" : type.replace(/^(?:b?f|float)\d.*$/, "f"));
  const last = want.length - 1;
  return (
    want.length === have.length &&
    want.every((size, index) =>
      index === last ? kind(size) === kind(have[last] ?? "") : size === "?" || size === have[index],
    )
  );
}

/** More inputs than this are folded: what runs them and what comes of it stay in sight. */
const MOST_OPEN = 12;

/** One field an input of a function. */
export class InputFields {
  private readonly list = h("div", { class: "ie-inputs" });
  private readonly count = h("summary", {});
  readonly element = h("details", { class: "ie-fields" }, this.count, this.list);
  private types: readonly string[] = [];

  constructor(actions: Actions) {
    this.element.addEventListener("focusin", () => actions.kernel?.variables());
  }

  get values(): string[] {
    return this.fields.map((input) => input.value.trim());
  }

  private get fields(): HTMLInputElement[] {
    return [...this.list.querySelectorAll("input")];
  }

  /** What was typed before stays where the type is the same. */
  show(types: readonly string[], variables: State["variables"]): void {
    const typed = new Map(this.fields.map((input) => [input.name, input.value]));
    if (types.join() !== this.types.join()) this.element.open = types.length <= MOST_OPEN;
    this.types = types;
    const kinds = [...new Set(types)];
    setText(this.count, `${plural(types.length, "input")}: ${elide(kinds.join(", "), 80)}`);
    this.count.hidden = types.length <= MOST_OPEN;
    this.list.replaceChildren(...types.map((type, index) => this.field(type, index, typed)));
    this.offer(variables);
  }

  private field(type: string, index: number, typed: ReadonlyMap<string, string>): HTMLElement {
    const name = `${index}:${type}`;
    const list = h("datalist", { id: `ie-fills-${index}` });
    const field = h("input", {
      type: "text",
      class: "ie-input",
      name,
      placeholder: "random",
      title: `${type}: ${FILLS.join(", ")}, the name of an array, or values such as 4xf32=1 2 3 4`,
      spellcheck: "false",
      autocomplete: "off",
      list: list.id,
      "data-ie-input": index,
    });
    field.value = typed.get(name) ?? "";
    return h("label", { class: "ie-field" }, h("span", {}, elide(type, 60)), field, list);
  }

  /** Suggests the notebook's arrays: those of the input's type. */
  offer(variables: State["variables"]): void {
    for (const [index, list] of [...this.list.querySelectorAll("datalist")].entries()) {
      const own = variables.filter(([, type]) => fits(this.types[index] ?? "", type));
      const options = own.map(([name, type]) => h("option", { value: name }, elide(type, 60)));
      list.replaceChildren(...FILLS.map((word) => h("option", { value: word })), ...options);
    }
  }
}
