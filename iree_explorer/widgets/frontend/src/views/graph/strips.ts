import type { Box } from "../../model/document";
import { append } from "../../model/lists";
import { overlaps } from "./viewport";

/** Pixels of the graph that a strip is high: about what a pane shows. */
const STRIP = 500;
/** Boxes over more strips than this are looked at always. */
const TALL = 8;

/** Finds the boxes in sight without a look at all of them: graphs are high, and a pane shows a small part. */
export class Strips {
  private readonly strips = new Map<number, number[]>();
  private readonly tall: number[] = [];

  constructor(private readonly boxes: readonly Box[]) {
    for (const [index, { y, h }] of boxes.entries()) {
      const [first, last] = [Math.floor(y / STRIP), Math.floor((y + h) / STRIP)];
      if (last - first >= TALL) this.tall.push(index);
      else for (let strip = first; strip <= last; strip++) append(this.strips, strip, index);
    }
  }

  /** Indices of the boxes in sight, ascending. */
  within(sight: Box): number[] {
    const [first, last] = [Math.floor(sight.y / STRIP), Math.floor((sight.y + sight.h) / STRIP)];
    const near = last - first < this.strips.size ? this.near(first, last) : this.boxes.keys();
    return [...near].filter((index) => overlaps(this.boxes[index] as Box, sight));
  }

  private near(first: number, last: number): number[] {
    const found = new Set(this.tall);
    for (let strip = first; strip <= last; strip++) for (const index of this.strips.get(strip) ?? []) found.add(index);
    return [...found].sort((a, b) => a - b);
  }
}
