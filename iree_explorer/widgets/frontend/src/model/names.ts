import { append } from "./lists";

/** Lines `[from, to)` of the text. */
export interface LineRange {
  from: number;
  to: number;
}

interface Definition {
  line: number;
  op: number;
}

/** Names of values and symbols in a sentence, such as `%7#1` or `@ex::@matmul`; a full stop at the end is none of theirs. */
export const NAME = /[%@][\w$-]+(?:[.:]+@?[\w$-]+)*(?:#\d+)?/g;

/** The values that a line defines, such as `%results` and `%result_timepoint` of `%results:2, %result_timepoint = …`. */
export function definedIn(line: string): string[] {
  const text = line.trimStart();
  const equals = text[0] === "%" ? text.indexOf(" = ") : -1;
  if (equals < 0) return [];
  const names = text.slice(0, equals).split(", ");
  return names.map((name) => name.split(":", 1)[0] as string);
}

/**
 * Which value each op defines and which op each name means, in the text as it is at one time: passes rename values.
 *
 * `lines` and `owners` must stay as they are while it is asked. What is asked for most, the names of a few ops, takes no look at
 * the words of all lines: of a long text that would be felt at every change.
 */
export class Names {
  /** The first line of each op, and for each line the next one of the same op; -1: there is none. */
  private readonly first: Int32Array;
  private readonly next: Int32Array;
  private byName: Map<string, Definition[]> | undefined;

  constructor(
    private readonly lines: readonly string[],
    private readonly owners: readonly number[],
  ) {
    const last = owners.reduce((most, op) => Math.max(most, op), -1);
    this.first = new Int32Array(last + 1).fill(-1);
    this.next = new Int32Array(owners.length).fill(-1);
    for (let line = owners.length - 1; line >= 0; line--) {
      const op = owners[line] as number;
      if (op < 0) continue;
      this.next[line] = this.first[op] as number;
      this.first[op] = line;
    }
  }

  /** The value that an op defines; of an op that stands in several regions, that of its copy number `copy`. Empty: none. */
  nameOf(op: number, copy = 0): string {
    let name = "";
    let left = copy;
    for (let line = this.first[op] ?? -1; line >= 0 && left >= 0; line = this.next[line] as number) {
      const [defined] = definedIn(this.lines[line] as string);
      if (defined === undefined) continue;
      name = defined;
      left -= 1;
    }
    return name;
  }

  /** The op that defines a value inside `range`, none for a symbol; of several, as regions name theirs anew, the one nearest to a line. */
  resolve(name: string, range: LineRange, near: number): number | undefined {
    if (!name.startsWith("%")) return undefined;
    this.byName ??= this.findNames();
    const value = name.split("#", 1)[0] as string;
    const inside = (this.byName.get(value) ?? []).filter(({ line }) => line >= range.from && line < range.to);
    const distance = ({ line }: Definition) => Math.abs(line - near);
    return inside.reduce<Definition | undefined>(
      (best, one) => (best === undefined || distance(one) < distance(best) ? one : best),
      undefined,
    )?.op;
  }

  private findNames(): Map<string, Definition[]> {
    const found = new Map<string, Definition[]>();
    for (const [line, text] of this.lines.entries()) {
      const op = this.owners[line] ?? -1;
      if (op < 0) continue;
      for (const name of definedIn(text)) append(found, name, { line, op });
    }
    return found;
  }
}
