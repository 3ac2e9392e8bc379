import type { Box, Graph } from "../../model/document";
import type { Arrangement } from "./arrange";

/** The box of a region or of one of its waves. */
export interface Hull {
  box: Box;
  region: number;
  /** -1: the region itself. */
  wave: number;
  /** Of a wave empty where the view leaves no room for it. */
  label: string;
  detail: string;
  /** The region is drawn as this box alone. */
  folded: boolean;
}

/** The number of a region or wave, as its label has it. */
export function numberOf({ label }: Hull): string {
  return /\d+/.exec(label)?.[0] ?? "";
}

/** Boxes of regions and, by lanes, of their waves. A folded region has no more to show than its own. */
export function hullsOf(graph: Graph, { view, folded, regions }: Arrangement): Hull[] {
  return graph.regions.flatMap((region, index) => {
    const { ordinal } = region;
    const isFolded = folded.has(ordinal);
    const awaits = region.awaits.length > 0 && !isFolded ? `after ${region.awaits.join(", ")}` : "";
    const detail = [region.affinity, awaits].filter(Boolean).join(" · ");
    const box = regions[index] as Box;
    const own: Hull = { box, region: ordinal, wave: -1, label: region.label, detail, folded: isFolded };
    if (isFolded || view === "dag") return [own];
    const waves = region.waves.map(
      ({ ordinal: wave, label, x, y, w, h }): Hull => ({
        box: { x: x - region.x + box.x, y: y - region.y + box.y, w, h },
        region: ordinal,
        wave,
        label,
        detail: "",
        folded: false,
      }),
    );
    return [own, ...waves];
  });
}
