import type { Box } from "../../model/document";
import { plainColour } from "./palette";

/** What of an element's style a picture keeps, as attributes that every viewer of SVG reads. */
const PAINT = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin"];
const FACE = ["font-family", "font-size", "font-weight", "text-anchor", "paint-order"];
/** Elements that hold others, and are themselves not drawn. */
const HOLDERS = new Set(["svg", "g", "defs", "marker"]);

const MARGIN = 16;
/** Pixels of a PNG to one unit of the graph, and the most along either side: more no browser draws. */
const DENSITY = 2;
const MOST_PIXELS = 8192;

/** What no XML file may hold: names may have control characters and halves of pairs, the serializer writes them as they are. */
const NO_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** Classes and hooks are the page's; the look of what is drawn goes into attributes. */
function dress(original: Element, copy: Element, style: CSSStyleDeclaration): void {
  for (const { name } of [...copy.attributes]) {
    if (name === "class" || name.startsWith("data-") || name.startsWith("aria-")) copy.removeAttribute(name);
  }
  if (HOLDERS.has(original.localName)) return;
  for (const name of original.localName === "text" ? [...PAINT, ...FACE] : PAINT) {
    const value = style.getPropertyValue(name);
    if (value) copy.setAttribute(name, plainColour(value));
  }
}

/** Gives each element of a copy the look that its original has in the page; what is not shown goes. */
function bake(original: Element, copy: Element): void {
  const style = getComputedStyle(original);
  const isDefinition = ["defs", "marker"].includes(original.localName);
  if (!isDefinition && (style.display === "none" || style.opacity === "0")) {
    copy.remove();
    return;
  }
  const pairs = [...original.children].map((child, index): [Element, Element] => [
    child,
    copy.children[index] as Element,
  ]);
  dress(original, copy, style);
  for (const [child, its] of pairs) bake(child, its);
}

/** An SVG file of a drawing that is in the page, cut to `bounds`, on a background. */
export function toSvgText(drawing: SVGSVGElement, bounds: Box, background: string): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  bake(drawing, copy);
  const [x, y] = [bounds.x - MARGIN, bounds.y - MARGIN];
  const [width, height] = [bounds.w + 2 * MARGIN, bounds.h + 2 * MARGIN];
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  const paper = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of Object.entries({ x, y, width, height, fill: background })) {
    paper.setAttribute(name, String(value));
  }
  copy.prepend(paper);
  return new XMLSerializer().serializeToString(copy).replaceAll(NO_XML, "\u{fffd}");
}

/** The same as PNG, sharp as long as its sides allow. */
export async function toPng(svgText: string): Promise<Blob> {
  const image = new Image();
  // Not `decode`, which waits for the page to be drawn again: where it is out of sight that may take long.
  await new Promise((resolve, reject) => {
    image.onload = resolve;
    image.onerror = () => reject(new Error("the picture can't be drawn"));
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText)}`;
  });
  const scale = Math.min(DENSITY, MOST_PIXELS / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the picture is too large"))), "image/png");
  });
}
