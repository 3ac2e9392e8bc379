import { elide, h, textButton } from "../../dom";
import { SIDES } from "../../model/comparison";
import type { Comparison, Difference } from "../../model/document";
import { meaningOf, plural } from "../../words";
import { MEASURES } from "../measures";
import { moreRow, tableOf } from "../table";

/** More ops than this are counted, not listed. */
const OPS_SHOWN = 500;

/** Headings of two runs between others. */
function headings(first: string, names: readonly string[], last: string): string[] {
  return [first, ...names.map((name) => elide(name, 80)), last];
}

/** What both runs come to in numbers. */
export function figuresTable({ names, rows }: Comparison): HTMLElement {
  const body = rows.map(({ name, before, after, change }) =>
    h(
      "tr",
      { "data-ie-figure": name },
      h("th", { scope: "row", title: meaningOf(name, MEASURES) }, name),
      ...[before, after].map((text) => h("td", { class: "ie-figure" }, text)),
      h("td", { class: "ie-figure ie-change" }, change),
    ),
  );
  return tableOf("Figures", headings("", names, "Change"), body);
}

function functionRow(name: string): HTMLElement {
  return h("tr", {}, h("td", { class: "ie-more", colspan: 9, "data-ie-function": name }, `in @${elide(name, 80)}`));
}

/** Op ids before and after → what the ops' nodes say. */
function nodeWords({ graphs }: Comparison): Map<string, string> {
  const words = new Map<string, string>();
  for (const side of SIDES)
    for (const { [side]: graph } of graphs) for (const { op, label } of graph.nodes) words.set(`${side} ${op}`, label);
  return words;
}

/** The ops that run elsewhere; a click selects one in both runs. Names and partitions are each function's own. */
export function differencesTable(comparison: Comparison, onChoose: (difference: Difference) => void): HTMLElement {
  const { names, differences, graphs } = comparison;
  const words = nodeWords(comparison);
  const count = differences.length;
  if (count === 0) return h("p", { class: "ie-empty", "data-ie-no-difference": "" }, "No op is placed differently.");
  const caption = `${plural(count, "op")} placed differently`;
  const rows = differences.slice(0, OPS_SHOWN).flatMap((difference, index) => {
    const { label, function: name, ops } = difference;
    // A label begins with the executable, which for a compiler's dispatches tells less than what follows, and is cut off.
    const [value, called] = label.split(" = ", 2);
    const own = words.get(`before ${ops[0]}`) ?? words.get(`after ${ops[1]}`) ?? called;
    const text = called === undefined ? label : `${value} ${own}`;
    const go = textButton({ class: "ie-chip", title: label }, elide(text, 60), () => onChoose(difference));
    const row = h(
      "tr",
      { "data-ie-difference": difference.ops.join(" ") },
      h("th", { scope: "row" }, go),
      h("td", {}, elide(difference.before)),
      h("td", {}, elide(difference.after)),
      h("td", {}, ...difference.differs.map((word) => h("span", { class: "ie-why" }, word))),
    );
    const isFirst = graphs.length > 1 && name !== differences[index - 1]?.function;
    return isFirst ? [functionRow(name), row] : [row];
  });
  if (count > OPS_SHOWN) rows.push(moreRow(count - OPS_SHOWN));
  return tableOf(caption, headings("Op", names, "Differs in"), rows);
}
