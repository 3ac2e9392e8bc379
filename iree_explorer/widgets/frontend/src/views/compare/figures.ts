import { elide, h } from "../../dom";
import type { Comparison, Difference } from "../../model/document";

/** More ops than this are counted, not listed. */
const OPS_SHOWN = 500;

function headed(caption: string, headings: readonly string[], rows: readonly HTMLElement[]): HTMLTableElement {
  return h(
    "table",
    { class: "ie-table" },
    h("caption", { class: "ie-caption" }, caption),
    h("thead", {}, h("tr", {}, ...headings.map((text) => h("th", { scope: "col" }, elide(text, 80))))),
    h("tbody", {}, ...rows),
  );
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
  return headed("Figures", ["", ...names, "Change"], body);
}

/** The ops that run elsewhere; a click selects one in both runs. */
export function differencesTable(
  { names, differences }: Comparison,
  onChoose: (difference: Difference) => void,
): HTMLElement {
  const count = differences.length;
  const counted = count > 0 ? "; regions and waves counted as they run" : "";
  const caption = `${count.toLocaleString("en")} op${count === 1 ? "" : "s"} placed differently${counted}`;
  const rows = differences.slice(0, OPS_SHOWN).map((difference) => {
    const go = h("button", { type: "button", class: "ie-chip", title: difference.label }, elide(difference.label, 60));
    go.addEventListener("click", () => onChoose(difference));
    return h(
      "tr",
      { "data-ie-difference": difference.ops.join(" ") },
      h("th", { scope: "row" }, go),
      h("td", {}, elide(difference.before)),
      h("td", {}, elide(difference.after)),
      h("td", {}, ...difference.differs.map((word) => h("span", { class: "ie-why" }, word))),
    );
  });
  if (count > OPS_SHOWN)
    rows.push(
      h("tr", {}, h("td", { class: "ie-more", colspan: 4 }, `and ${(count - OPS_SHOWN).toLocaleString("en")} more`)),
    );
  return headed(caption, ["Op", ...names, "Differs in"], rows);
}
