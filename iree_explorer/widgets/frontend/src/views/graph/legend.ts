import { h, svg } from "../../dom";
import { EDGE_KINDS, EDGE_LABELS, FAMILY_LABELS, type Family } from "./vocabulary";

function edgeSample(kind: string): SVGSVGElement {
  const line = svg("path", { d: "M1 6h26", class: "ie-edge-line" });
  const casing = kind === "tied" ? svg("path", { d: "M1 6h26", class: "ie-edge-casing" }) : null;
  const group = svg("g", { class: `ie-edge ie-edge-${kind}` }, casing, line);
  return svg("svg", { class: "ie-legend-sample", viewBox: "0 0 28 12", "aria-hidden": "true" }, group);
}

function blameSample(): SVGSVGElement {
  const line = svg("path", { d: "M1 6h26", class: "ie-blame-line" });
  return svg("svg", { class: "ie-legend-sample", viewBox: "0 0 28 12", "aria-hidden": "true" }, line);
}

function familySample(family: string): SVGSVGElement {
  const box = svg("rect", { class: "ie-node-box", x: 6, y: 1, width: 16, height: 10, rx: 2 });
  const band = svg("rect", { class: "ie-node-band", x: 6, y: 1, width: 4, height: 10, rx: 1 });
  const group = svg("g", { class: `ie-node ie-family-${family}`, "data-ie-placed": true }, box, band);
  return svg("svg", { class: "ie-legend-sample", viewBox: "0 0 28 12", "aria-hidden": "true" }, group);
}

function entry(sample: Element, text: string): HTMLElement {
  return h("li", {}, sample, h("span", {}, text));
}

/** What colours and lines mean; folded away until asked for. */
export function makeLegend(): HTMLDetailsElement {
  const families = Object.entries(FAMILY_LABELS) as [Family, string][];
  const legend = h(
    "details",
    { class: "ie-legend", "data-ie-legend": "" },
    h("summary", {}, "Legend"),
    h(
      "ul",
      {},
      ...families.map(([family, text]) => entry(familySample(family), text)),
      ...EDGE_KINDS.map((kind) => entry(edgeSample(kind), EDGE_LABELS[kind])),
      entry(blameSample(), "hazard, or what refused the op"),
    ),
  );
  legend.addEventListener("focusout", () => {
    legend.open = false;
  });
  return legend;
}
