import type { Actions } from "../actions";
import { elide, h, textButton, visible, whileLookedAt } from "../dom";
import { NAME } from "../model/names";
import type { Trace } from "../model/trace";

/** Characters of a name; a longer one would fill the sentence. */
const LONGEST_NAME = 60;

/** Which op a name in a sentence means; undefined where nobody knows. */
export type Resolve = (name: string) => number | undefined;

function nameNode(actions: Actions, name: string, op: number | undefined): HTMLElement {
  const text = elide(name, LONGEST_NAME);
  const title = text === name ? undefined : name;
  if (op === undefined) return h("code", { class: "ie-name", title }, text);
  const node = textButton({ class: "ie-name ie-link", title, "data-ie-chip": op }, text, () => actions.select(op));
  whileLookedAt(
    node,
    () => actions.light([op]),
    () => actions.light([]),
  );
  return node;
}

/** A sentence with the program's names set apart; those of known ops light up and select. */
export function proseOf(actions: Actions, sentence: string, resolve: Resolve): Node[] {
  const nodes: Node[] = [];
  const words = visible(sentence);
  let end = 0;
  for (const match of words.matchAll(NAME)) {
    nodes.push(document.createTextNode(words.slice(end, match.index)));
    nodes.push(nameNode(actions, match[0], resolve(match[0])));
    end = match.index + match[0].length;
  }
  nodes.push(document.createTextNode(words.slice(end)));
  return nodes;
}

/** Names as the sentences of a step use them. */
export function resolverAt(trace: Trace, step: number): Resolve {
  return (name) => trace.resolve(name, step);
}
