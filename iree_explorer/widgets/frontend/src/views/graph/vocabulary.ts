import type { EdgeKind, NodeKind } from "../../model/document";

/** What a node does, in the four colours that a reader tells apart. */
export type Family = "compute" | "move" | "make" | "host";

const FAMILIES: Record<NodeKind, Family> = {
  dispatch: "compute",
  copy: "move",
  transfer: "move",
  update: "move",
  slice: "move",
  clone: "move",
  fill: "make",
  constant: "make",
  alloca: "make",
  host: "host",
  other: "host",
};

export const FAMILY_LABELS: Record<Family, string> = {
  compute: "dispatch",
  move: "copy, transfer, slice",
  make: "fill, constant, alloca",
  host: "host",
};

export const EDGE_LABELS: Record<EdgeKind, string> = {
  resource: "resource",
  tied: "tied, written in place",
  timepoint: "through a timepoint",
  captured: "captured from the host",
};

export const EDGE_KINDS = Object.keys(EDGE_LABELS) as EdgeKind[];

/** The path that kept an op out of a partition; a kind of line that no edge has. */
export const BLAME = "blame";

export function familyOf(kind: NodeKind): Family {
  return FAMILIES[kind] ?? "host";
}
