import { append } from "../../model/lists";

/** A stretch of one axis that something takes. With `least`, it may shrink to that; without, it stays as long as it is. */
export interface Stretch {
  from: number;
  to: number;
  least?: number;
}

/**
 * Where each place of an axis goes when some stretches shrink: an ascending function. What lies in a shrinking stretch, and in
 * none that stays, makes room; all that was apart stays apart, and in its order.
 */
export function squeeze(stretches: readonly Stretch[]): (place: number) => number {
  const places = [...new Set(stretches.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  const indexOf = new Map(places.map((place, index) => [place, index]));
  const stays = stretches.filter(({ least }) => least === undefined);
  const shrinks = stretches.filter(({ least }) => least !== undefined);
  const stiff = coverage(stays, indexOf);
  const soft = coverage(shrinks, indexOf);
  const ending = new Map<number, Stretch[]>();
  for (const stretch of shrinks) append(ending, stretch.to, stretch);
  const moved: number[] = [places[0] ?? 0];
  const at = (place: number) => moved[indexOf.get(place) ?? 0] ?? 0;
  for (let index = 1; index < places.length; index++) {
    const [before, place] = [places[index - 1] as number, places[index] as number];
    const gives = soft[index - 1] && !stiff[index - 1];
    const ends = (ending.get(place) ?? []).map(({ from, least }) => at(from) + (least ?? 0));
    moved.push(Math.max((moved[index - 1] ?? 0) + (gives ? 0 : place - before), ...ends));
  }
  return (place) => between(places, moved, place);
}

/** By how many stretches what begins at each place is covered. */
function coverage(stretches: readonly Stretch[], indexOf: ReadonlyMap<number, number>): Int32Array {
  const covers = new Int32Array(indexOf.size + 1);
  const add = (place: number, by: number) => {
    const index = indexOf.get(place) ?? 0;
    covers[index] = (covers[index] ?? 0) + by;
  };
  for (const { from, to } of stretches) {
    add(from, 1);
    add(to, -1);
  }
  for (let index = 1; index < covers.length; index++) covers[index] = (covers[index] ?? 0) + (covers[index - 1] ?? 0);
  return covers;
}

/** By how far the first and the last place moved, beyond them; in proportion between two. */
function between(places: readonly number[], moved: readonly number[], place: number): number {
  let [low, high] = [0, places.length - 1];
  const at = (list: readonly number[], index: number) => list[index] ?? 0;
  if (high < 0) return place;
  if (place <= at(places, 0)) return place;
  if (place >= at(places, high)) return at(moved, high) + place - at(places, high);
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (at(places, middle) <= place) low = middle;
    else high = middle;
  }
  const part = (place - at(places, low)) / (at(places, high) - at(places, low));
  return at(moved, low) + part * (at(moved, high) - at(moved, low));
}
