/** `absent`: none of its ops is there yet; `forming`: some are; `formed`: all that it will have. */
export type Growth = "absent" | "forming" | "formed";

/** Waves of a region are fewer than this. */
const MOST_WAVES = 2 ** 24;

/** Key of a region (wave -1) or of one of its waves. */
const key = (region: number, wave: number) => region * MOST_WAVES + wave + 1;

/** How many nodes each region and wave holds: all that it will have, and those that are there at this step. */
export class Tally {
  private readonly totals = new Map<number, number>();
  private readonly counts = new Map<number, number>();
  /** Region → how many of its waves hold ops at this step. */
  private readonly waves = new Map<number, number>();
  /** Region and wave by which each node is counted now. */
  private readonly region: Int32Array;
  private readonly wave: Int32Array;

  constructor(nodes: readonly { region: number; wave: number }[]) {
    this.region = new Int32Array(nodes.length).fill(-1);
    this.wave = new Int32Array(nodes.length).fill(-1);
    for (const { region, wave } of nodes) this.add(this.totals, region, wave, 1);
  }

  /** A node is in a region and wave now; -1: in none. */
  place(node: number, region: number, wave: number): void {
    this.add(this.counts, this.region[node] ?? -1, this.wave[node] ?? -1, -1);
    this.region[node] = region;
    this.wave[node] = wave;
    this.add(this.counts, region, wave, 1);
  }

  private add(counts: Map<number, number>, region: number, wave: number, by: 1 | -1): void {
    if (region < 0) return;
    const own = key(region, -1);
    counts.set(own, (counts.get(own) ?? 0) + by);
    if (wave < 0) return;
    const before = counts.get(key(region, wave)) ?? 0;
    counts.set(key(region, wave), before + by);
    if (counts === this.counts && before + Math.min(by, 0) === 0) this.waves.set(region, this.wavesOf(region) + by);
  }

  /** Nodes that a region, or one of its waves, will have. */
  total(region: number, wave = -1): number {
    return this.totals.get(key(region, wave)) ?? 0;
  }

  /** Nodes that it has at this step. */
  here(region: number, wave = -1): number {
    return this.counts.get(key(region, wave)) ?? 0;
  }

  /** Waves of a region that hold ops at this step. */
  wavesOf(region: number): number {
    return this.waves.get(region) ?? 0;
  }

  growth(region: number, wave: number): Growth {
    const here = this.here(region, wave);
    if (here === 0) return "absent";
    return here >= this.total(region, wave) ? "formed" : "forming";
  }
}
