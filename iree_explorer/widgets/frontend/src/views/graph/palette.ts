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

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim() || "#888";
  const families = (prefix: string) => ({
    compute: colour(`${prefix}compute`),
    move: colour(`${prefix}move`),
    make: colour(`${prefix}make`),
    host: colour(`${prefix}host`),
  });
  return {
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
}
