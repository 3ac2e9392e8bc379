/** Cutting words to the width of a box, in the fonts of the graph. */

import { visible } from "../../dom";

export type Face = "label" | "name" | "detail" | "hull";

/** Width in graph units of a text in one of the graph's faces. */
export type Measure = (text: string, face: Face) => number;

/** The families are those of `--font` and `--mono`: where the page changes them, widths are off by a little. */
const FONTS: Record<Face, { style: string; family: "--font" | "--mono" }> = {
  label: { style: "600 12px", family: "--font" },
  name: { style: "11px", family: "--mono" },
  detail: { style: "10.5px", family: "--font" },
  hull: { style: "600 11px", family: "--font" },
};

/** The fonts as a canvas wants them, from the style sheet that an element is under. */
export function fontsOf(element: Element): Record<Face, string> {
  const style = getComputedStyle(element);
  const font = (face: Face) =>
    `${FONTS[face].style} ${style.getPropertyValue(FONTS[face].family).trim() || "sans-serif"}`;
  return { label: font("label"), name: font("name"), detail: font("detail"), hull: font("hull") };
}

/** Measures as the browser draws, for elements under `element`. */
export function measureIn(element: Element): Measure {
  const fonts = fontsOf(element);
  const context = document.createElement("canvas").getContext("2d");
  return (text, face) => {
    if (!context) return text.length * 7;
    context.font = fonts[face];
    return context.measureText(text).width;
  };
}

/** Beyond this nothing fits any box: it needs no measuring. */
const LONGEST = 400;

/** As much of a text as fits a width, with an ellipsis where something is cut. */
export function fitText(whole: string, width: number, face: Face, measure: Measure): string {
  const text = visible(whole);
  if (text.length <= LONGEST && measure(text, face) <= width) return text;
  let fits = 0;
  let tooLong = Math.min(text.length, LONGEST);
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (measure(`${text.slice(0, middle)}…`, face) <= width) fits = middle;
    else tooLong = middle;
  }
  return `${text.slice(0, fits)}…`;
}

/** Two parts that ` · ` sets apart, and those beyond, which ` · ` and `, ` do, the last of them cut. */
const BEYOND = /^(.* · .*?)(?: ·|,)[^·,]*…$/;

/** The same of parts: those beyond the second are there whole or not at all. */
export function fitParts(text: string, width: number, face: Face, measure: Measure): string {
  const cut = fitText(text, width, face, measure);
  const [, whole] = (cut !== text && BEYOND.exec(cut)) || [];
  return whole ? `${whole} …` : cut;
}
