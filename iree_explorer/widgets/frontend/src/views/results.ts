import { elide, h, svg } from "../dom";
import type { Histogram, Output, Picture, RunResult } from "../model/document";
import { counted } from "../words";
import { tableOf } from "./table";

const WIDTH = 120;
const HEIGHT = 40;

export function figure(value: number | null): string {
  return value === null ? "–" : String(Number(value.toPrecision(6)));
}

/** How the numbers are spread: bars from the least to the largest. */
function histogramOf({ counts, low, high }: Histogram): SVGSVGElement {
  const most = Math.max(1, ...counts);
  const bar = WIDTH / counts.length;
  const bars = counts.map((count, index) => {
    const height = (count / most) * HEIGHT;
    const place = { x: index * bar, y: HEIGHT - height, width: Math.max(1, bar - 1), height };
    return svg("rect", place, svg("title", {}, `${counted(count)} of ${counts.length} bins' numbers`));
  });
  const words = `Histogram from ${figure(low)} to ${figure(high)}`;
  const box = `0 0 ${WIDTH} ${HEIGHT}`;
  return svg(
    "svg",
    { class: "ie-histogram", viewBox: box, width: WIDTH, height: HEIGHT, role: "img", "aria-label": words },
    ...bars,
  );
}

/** The result as an image, small ones enlarged. */
function imageOf({ png, width, height }: Picture): HTMLImageElement | null {
  // Base64 and nothing else: no address gets into the page.
  if (!/^[A-Za-z0-9+/=]*$/.test(png)) return null;
  const scale = Math.max(1, Math.min(8, Math.floor(96 / Math.max(width, height))));
  const size = { width: width * scale, height: height * scale };
  return h("img", {
    class: "ie-picture",
    src: `data:image/png;base64,${png}`,
    alt: `Image of ${width} × ${height} values`,
    ...size,
  });
}

/** The least, the largest and the mean of a result's numbers, one below the other: a table of all of them has to fit beside the timeline. */
function numbersOf({ min, max, mean }: Output): HTMLElement {
  const numbers = Object.entries({ min, max, mean });
  return h(
    "dl",
    { class: "ie-numbers" },
    ...numbers.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, figure(value))]),
  );
}

function row(output: Output, index: number): HTMLTableRowElement {
  const pictures = [
    output.histogram ? histogramOf(output.histogram) : null,
    output.image ? imageOf(output.image) : null,
  ];
  return h(
    "tr",
    { "data-ie-result": index },
    h("th", { scope: "row" }, String(index), h("span", { class: "ie-type" }, elide(output.type, 60))),
    h("td", { class: "ie-figure" }, numbersOf(output)),
    h("td", {}, h("span", { class: "ie-pictures" }, ...pictures)),
    h("td", {}, h("pre", { class: "ie-value", tabindex: 0, "aria-label": `Value of result ${index}` }, output.text)),
  );
}

/** What a run gave: figures, pictures and the first values of each result. */
export function resultsTable(run: RunResult): HTMLTableElement {
  const headings = ["Result", "Numbers", "Spread", "Value"];
  return tableOf(`Results of @${elide(run.function)}`, headings, run.outputs.map(row));
}
