import { h } from "../../dom";
import type { EdgeKind } from "../../model/document";
import type { Family } from "./vocabulary";

/** The style sheet's colours, for a canvas. */
export interface Palette {
  background: string;
  text: string;
  muted: string;
  node: string;
  nodeLine: string;
  region: string;
  regionLine: string;
  waveLine: string;
  wave: string;
  accent: string;
  lit: string;
  broken: string;
  blame: string;
  family: Record<Family, string>;
  familyFill: Record<Family, string>;
  edge: Record<EdgeKind, string>;
}

/** A colour as everything reads it that draws: of mixtures browsers say `color(srgb 0.1 0.2 0.3)`. */
export function plainColour(colour: string): string {
  const parts = /^color\(srgb ([^ ]+) ([^ ]+) ([^ )]+)( \/ [^)]+)?\)$/.exec(colour);
  if (!parts) return colour;
  const [red, green, blue] = parts.slice(1, 4).map((part) => Math.round(255 * Number(part)));
  return `rgb(${red} ${green} ${blue}${parts[4] ?? ""})`;
}

/** The colours as they are on an element: mixtures are asked of one inside of it. */
export function readPalette(element: Element): Palette {
  const probe = h("span");
  element.append(probe);
  const style = getComputedStyle(probe);
  const colour = (name: string) => {
    probe.style.color = `var(--${name}, #888)`;
    return plainColour(style.color);
  };
  const families = (prefix: string) => ({
    compute: colour(`${prefix}compute`),
    move: colour(`${prefix}move`),
    make: colour(`${prefix}make`),
    host: colour(`${prefix}host`),
  });
  const palette: Palette = {
    background: colour("canvas"),
    text: colour("fg"),
    muted: colour("muted"),
    node: colour("node"),
    nodeLine: colour("node-line"),
    region: colour("region"),
    regionLine: colour("region-line"),
    wave: colour("wave"),
    waveLine: colour("wave-line"),
    accent: colour("accent"),
    lit: colour("lit"),
    broken: colour("break"),
    blame: colour("bad"),
    family: families(""),
    familyFill: families("fill-"),
    edge: {
      resource: colour("edge-resource"),
      tied: colour("edge-tied"),
      timepoint: colour("edge-timepoint"),
      captured: colour("edge-captured"),
    },
  };
  probe.remove();
  return palette;
}
