import { h, svg } from "../../dom";
import type { Scope } from "../../model/document";
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

/** A node as it looks in a state: `flag` is the attribute that says so. */
function stateSample(flag: string): SVGSVGElement {
  const ring = svg("rect", { class: "ie-node-ring", x: 4, y: 1, width: 20, height: 12, rx: 4 });
  const box = svg("rect", { class: "ie-node-box", x: 7, y: 4, width: 14, height: 6, rx: 2 });
  const dot = svg("circle", { class: "ie-node-break", cx: 7, cy: 7, r: 3 });
  const group = svg("g", { class: "ie-node ie-family-compute", [flag]: true }, ring, box, dot);
  return svg("svg", { class: "ie-legend-sample", viewBox: "0 0 28 14", "aria-hidden": "true" }, group);
}

/** A part of the slider, as the steps of a pass look there. */
function passSample(pass: Scope): HTMLElement {
  return h("span", { class: "ie-legend-sample ie-legend-pass", "data-ie-pass": pass, "aria-hidden": "true" });
}

const STATES: readonly [flag: string, text: string][] = [
  ["data-ie-unplaced", "in no region yet"],
  ["data-ie-current", "what the step is about"],
  ["data-ie-selected", "selected"],
  ["data-ie-lit", "pointed at, asked about, different, or on the longest chain"],
  ["data-ie-broken", "breakpoint"],
];

const PASSES: readonly [pass: Scope, text: string][] = [
  ["execution", "on the slider: ops go into execution regions"],
  ["concurrency", "on the slider: ops of a region go into waves"],
];

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
      ...STATES.map(([flag, text]) => entry(stateSample(flag), text)),
      ...PASSES.map(([pass, text]) => entry(passSample(pass), text)),
    ),
  );
  legend.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !legend.open) return;
    legend.open = false;
    event.stopPropagation();
  });
  legend.addEventListener("focusout", () => {
    legend.open = false;
  });
  return legend;
}
