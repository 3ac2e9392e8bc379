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

/** Which value each op defines and which op each name means, in the text as it is at one time: passes rename values. */
export class Names {
  /** The first name that each defining line of an op gives, in text order. */
  private readonly byOp = new Map<number, string[]>();
  private readonly byName = new Map<string, Definition[]>();

  constructor(lines: readonly string[], owners: readonly number[]) {
    for (const [line, text] of lines.entries()) {
      const op = owners[line] ?? -1;
      const [first, ...others] = op < 0 ? [] : definedIn(text);
      if (first === undefined) continue;
      append(this.byOp, op, first);
      for (const name of [first, ...others]) append(this.byName, name, { line, op });
    }
  }

  /** The value that an op defines; of an op that stands in several regions, that of its copy number `copy`. Empty: none. */
  nameOf(op: number, copy = 0): string {
    const names = this.byOp.get(op) ?? [];
    return names[Math.min(copy, names.length - 1)] ?? "";
  }

  /** The op that defines a value inside `range`; of several, as regions name theirs anew, the one nearest to a line. */
  resolve(name: string, range: LineRange, near: number): number | undefined {
    const value = name.split("#", 1)[0] as string;
    const inside = (this.byName.get(value) ?? []).filter(({ line }) => line >= range.from && line < range.to);
    const distance = ({ line }: Definition) => Math.abs(line - near);
    return inside.reduce<Definition | undefined>(
      (best, one) => (best === undefined || distance(one) < distance(best) ? one : best),
      undefined,
    )?.op;
  }
}
