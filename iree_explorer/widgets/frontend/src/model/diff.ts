import type { Edit } from "./document";

/** A line that an edit took out or put in; `marks` are the stretches `[from, to)` that the other line of its op has not. */
export interface DiffLine {
  sign: "−" | "+";
  text: string;
  marks: readonly [from: number, to: number][];
}

/** Lines with the op that each belongs to, -1 for none. */
export interface Lines {
  lines: readonly string[];
  owners: readonly number[];
}

/** Hunks of more lines than this are shown as they are: all that went, then all that came. */
const MOST_PAIRED = 400;

/** Places of the only line of each op. */
function onlyLines({ owners }: Lines, start: number, end: number): Map<number, number> {
  const places = new Map<number, number>();
  for (let index = start; index < end; index++) {
    const owner = owners[index] ?? -1;
    places.set(owner, places.has(owner) ? -1 : index);
  }
  places.delete(-1);
  return places;
}

/** As many of the pairs as ascend on both sides; they ascend on the second already. */
function ascending(pairs: readonly [before: number, after: number][]): [before: number, after: number][] {
  const best: [before: number, after: number][][] = [];
  for (const pair of pairs) {
    const at = best.findIndex((chain) => (chain.at(-1)?.[0] ?? -1) > pair[0]);
    const place = at < 0 ? best.length : at;
    best[place] = [...(best[place - 1] ?? []), pair];
  }
  return best.at(-1) ?? [];
}

/** Words, names and signs of a line of MLIR. */
const TOKEN = /[\w%@$.#]+|\s+|./g;
/** Longer lines are data: they are not compared word by word. */
const MOST_TOKENS = 400;

/** Per token of two lines, whether it is in a longest common run of tokens. */
function inCommon(a: readonly string[], b: readonly string[]): [boolean[], boolean[]] {
  const width = b.length + 1;
  const longest = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => longest[i * width + j] as number;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const [inA, inB] = [a.map(() => false), b.map(() => false)];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) [inA[i++], inB[j++]] = [true, true];
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return [inA, inB];
}

function stretches(tokens: readonly string[], common: readonly boolean[]): [from: number, to: number][] {
  const found: [number, number][] = [];
  let at = 0;
  for (const [index, token] of tokens.entries()) {
    const last = found.at(-1);
    const differs = !common[index] && token.trim() !== "";
    if (differs && last?.[1] === at) last[1] += token.length;
    else if (differs) found.push([at, at + token.length]);
    at += token.length;
  }
  return found;
}

/** What of two lines the other has not. */
function differences(a: string, b: string): [DiffLine["marks"], DiffLine["marks"]] {
  const [first, second] = [a.match(TOKEN) ?? [], b.match(TOKEN) ?? []];
  if (first.length > MOST_TOKENS || second.length > MOST_TOKENS) return [[], []];
  const [inFirst, inSecond] = inCommon(first, second);
  return [stretches(first, inFirst), stretches(second, inSecond)];
}

/** An edit line by line: of each op first what went, then what came instead; what both have at either end is no change. */
export function diffOf({ lines, owners }: Edit, removed: Lines): DiffLine[] {
  const shorter = Math.min(lines.length, removed.lines.length);
  let start = 0;
  while (start < shorter && lines[start] === removed.lines[start]) start++;
  let tail = 0;
  while (tail < shorter - start && lines.at(-1 - tail) === removed.lines.at(-1 - tail)) tail++;
  const [oldEnd, newEnd] = [removed.lines.length - tail, lines.length - tail];
  const before = onlyLines(removed, start, oldEnd);
  const after = onlyLines({ lines, owners }, start, newEnd);
  const both = [...after].flatMap(([owner, index]): [number, number][] => {
    const old = before.get(owner) ?? -1;
    return old >= 0 && index >= 0 ? [[old, index]] : [];
  });
  const few = oldEnd - start + newEnd - start <= MOST_PAIRED;
  const found: DiffLine[] = [];
  const went = (text: string, marks: DiffLine["marks"] = []) => found.push({ sign: "−", text, marks });
  const came = (text: string, marks: DiffLine["marks"] = []) => found.push({ sign: "+", text, marks });
  let [at, on] = [start, start];
  for (const [old, index] of few ? ascending(both.sort((a, b) => a[1] - b[1])) : []) {
    while (at < old) went(removed.lines[at++] as string);
    while (on < index) came(lines[on++] as string);
    const [gone, fresh] = [removed.lines[at++] as string, lines[on++] as string];
    if (gone === fresh) continue;
    const [inGone, inFresh] = differences(gone, fresh);
    went(gone, inGone);
    came(fresh, inFresh);
  }
  while (at < oldEnd) went(removed.lines[at++] as string);
  while (on < newEnd) came(lines[on++] as string);
  return found;
}

/** Columns that all of some lines are indented by. */
export function commonIndent(lines: readonly string[]): number {
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  return indents.length > 0 ? Math.min(...indents) : 0;
}
