import { elide, h, textButton } from "../../dom";
import type { Comparison, Difference } from "../../model/document";
import { plural } from "../../words";
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
      h("th", { scope: "row" }, name),
      ...[before, after].map((text) => h("td", { class: "ie-figure" }, text)),
      h("td", { class: "ie-figure ie-change" }, change),
    ),
  );
  return tableOf("Figures", headings("", names, "Change"), body);
}

/** The ops that run elsewhere; a click selects one in both runs. */
export function differencesTable(
  { names, differences }: Comparison,
  onChoose: (difference: Difference) => void,
): HTMLElement {
  const count = differences.length;
  const caption = `${plural(count, "op")} placed differently`;
  const rows = differences.slice(0, OPS_SHOWN).map((difference) => {
    const { label } = difference;
    const go = textButton({ class: "ie-chip", title: label }, elide(label, 60), () => onChoose(difference));
    return h(
      "tr",
      { "data-ie-difference": difference.ops.join(" ") },
      h("th", { scope: "row" }, go),
      h("td", {}, elide(difference.before)),
      h("td", {}, elide(difference.after)),
      h("td", {}, ...difference.differs.map((word) => h("span", { class: "ie-why" }, word))),
    );
  });
  if (count > OPS_SHOWN) rows.push(moreRow(count - OPS_SHOWN));
  return tableOf(caption, headings("Op", names, "Differs in"), rows);
}
