import { type Attributes, h } from "../dom";
import { andMore } from "../words";

/** A table with a caption and a row of headings. */
export function tableOf(
  caption: string,
  headings: readonly string[],
  body: readonly HTMLElement[] | HTMLTableSectionElement,
  attributes: Attributes = {},
): HTMLTableElement {
  return h(
    "table",
    { class: "ie-table", ...attributes },
    h("caption", { class: "ie-caption" }, caption),
    h("thead", {}, h("tr", {}, ...headings.map((text) => h("th", { scope: "col" }, text)))),
    body instanceof HTMLElement ? body : h("tbody", {}, ...body),
  );
}

/** The last row of a table that does not list all there is. */
export function moreRow(count: number): HTMLTableRowElement {
  return h("tr", {}, h("td", { class: "ie-more", colspan: 9 }, andMore(count)));
}
