import { EditorSelection, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import { button, h, isPressed, press, setText } from "../../dom";
import { counted } from "../../words";

export interface Match {
  from: number;
  to: number;
}

/** More matches than this are counted as "more than". */
const MOST = 20_000;

export interface Query {
  text: string;
  /** The text is a regular expression. */
  isRegExp: boolean;
  /** Only whole names: `%1` is not found in `%12`. */
  isWord: boolean;
}

/** Where a query is found. A capital letter in it makes capitals count. Null: it is no regular expression. */
export function findAll(text: string, { text: wanted, isRegExp, isWord }: Query): Match[] | null {
  if (wanted === "") return [];
  const plain = isRegExp ? wanted : wanted.replaceAll(/[$()*+.?[\\\]^{|}]/g, "\\$&");
  const pattern = isWord ? `(?<![\\w$.-])(?:${plain})(?![\\w$-])` : plain;
  const found: Match[] = [];
  try {
    for (const match of text.matchAll(new RegExp(pattern, `gmu${/\p{Lu}/u.test(wanted) ? "" : "i"}`))) {
      if (match[0] !== "") found.push({ from: match.index, to: match.index + match[0].length });
      if (found.length > MOST) break;
    }
  } catch {
    return null;
  }
  return found;
}

const setMatches = StateEffect.define<{ matches: readonly Match[]; current: number }>();
const plainMark = Decoration.mark({ class: "cm-searchMatch" });
const currentMark = Decoration.mark({ class: "cm-searchMatch cm-searchMatch-selected" });

/** Marks what was found last. */
export const foundMarks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, transaction) {
    let result = value.map(transaction.changes);
    for (const effect of transaction.effects)
      if (effect.is(setMatches)) {
        const { matches, current } = effect.value;
        result = Decoration.set(
          matches.map(({ from, to }, index) => (index === current ? currentMark : plainMark).range(from, to)),
        );
      }
    return result;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** The line above the program that finds text in it. */
export class Finder {
  readonly element: HTMLElement;
  private readonly input = h("input", {
    type: "text",
    class: "ie-input ie-find-text",
    "aria-label": "Find in the program",
    placeholder: "find",
    spellcheck: "false",
    "data-ie-find": "",
  });
  private readonly count = h("span", { class: "ie-pane-note", role: "status", "data-ie-found": "" });
  private readonly word: HTMLButtonElement;
  private readonly regExp: HTMLButtonElement;
  private matches: readonly Match[] = [];
  private current = -1;

  constructor(
    private readonly view: EditorView,
    private readonly unfold: (position: number) => void,
    private readonly onClose: (position: number) => void,
  ) {
    this.word = this.toggle("Only whole names", "name");
    this.regExp = this.toggle("Regular expression", ".*");
    this.element = h(
      "div",
      { class: "ie-find", role: "search", hidden: true },
      this.input,
      this.word,
      this.regExp,
      button({ label: "Previous match", icon: "previous", key: "Shift+Enter", class: "ie-tool" }, () => this.go(-1)),
      button({ label: "Next match", icon: "next", key: "Enter", class: "ie-tool" }, () => this.go(1)),
      this.count,
      button({ label: "Close", icon: "close", key: "Escape", class: "ie-tool" }, () => this.close()),
    );
    this.input.addEventListener("input", () => this.search());
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
      else if (event.key === "Enter" && event.target === this.input) this.go(event.shiftKey ? -1 : 1);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  private toggle(label: string, text: string): HTMLButtonElement {
    const element = button({ label, text, class: "ie-toggle" }, () => {
      press(element, !isPressed(element));
      this.search();
    });
    press(element, false);
    return element;
  }

  open(): void {
    this.element.hidden = false;
    this.input.focus();
    this.input.select();
    this.search();
  }

  /** Leaves at what was found. */
  private close(): void {
    const match = this.matches[this.current];
    if (match) this.onClose(match.from);
    this.element.hidden = true;
    this.show([], -1);
    this.view.focus();
  }

  /** The text has changed: what is marked in it is found anew. */
  refresh(): void {
    if (!this.element.hidden) this.search(false);
  }

  private search(reveal = true): void {
    const query = { text: this.input.value, isRegExp: isPressed(this.regExp), isWord: isPressed(this.word) };
    const found = findAll(this.view.state.doc.toString(), query);
    this.input.toggleAttribute("data-ie-invalid", found === null);
    const here = this.view.lineBlockAtHeight(this.view.scrollDOM.scrollTop).from;
    const matches = found ?? [];
    const next = matches.findIndex(({ from }) => from >= here);
    this.show(matches, matches.length === 0 ? -1 : Math.max(0, next));
    if (reveal) this.reveal();
  }

  private go(by: 1 | -1): void {
    const { length } = this.matches;
    if (length === 0) return;
    this.show(this.matches, (this.current + by + length) % length);
    this.reveal();
  }

  private show(matches: readonly Match[], current: number): void {
    this.matches = matches;
    this.current = current;
    const many = matches.length > MOST ? `more than ${counted(MOST)}` : counted(matches.length);
    setText(this.count, this.input.value === "" ? "" : matches.length > 0 ? `${current + 1} of ${many}` : "not found");
    this.view.dispatch({ effects: setMatches.of({ matches, current }) });
  }

  private reveal(): void {
    const match = this.matches[this.current];
    if (!match) return;
    this.unfold(match.from);
    // Back to where lines begin, where it is in sight from there: the match before may have been far to the right.
    this.view.scrollDOM.scrollLeft = 0;
    const range = EditorSelection.range(match.from, match.to);
    this.view.dispatch({ effects: EditorView.scrollIntoView(range, { y: "center", xMargin: 40 }) });
  }
}
