/** Python writes long lists of like objects as tables, each key once: `exploration/page/columns.py` says how. */
interface Table {
  "#": number;
  columns: Record<string, Column>;
}

/** A value for each object; those of some objects, by number; or lists of objects as one table. */
type Column = unknown[] | { at: number[]; of: Column } | { lengths: number[]; of: Table };

type Row = Record<string, unknown>;

/** The value of the object with a number; `undefined`: it has none. */
type Reader = (number: number) => unknown;

function isObject(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value with objects in place of all tables; the objects around them are changed. Objects of a table are for reading. */
export function rows(value: unknown): unknown {
  if (Array.isArray(value)) return isObject(value[0]) ? value.map(rows) : value;
  if (!isObject(value)) return value;
  if ("#" in value) return viewsOf(value as unknown as Table);
  for (const key in value) {
    const inner = value[key];
    if (typeof inner === "object") value[key] = rows(inner);
  }
  return value;
}

/** Objects that look their values up: a document has 100,000 of them, and a page asks few of them for all they know. */
function viewsOf({ "#": count, columns }: Table): object[] {
  class View {
    readonly #number: number;
    constructor(number: number) {
      this.#number = number;
    }
    static show(key: string, read: Reader): void {
      const get = function (this: View) {
        return read(this.#number);
      };
      Object.defineProperty(View.prototype, key, { get, enumerable: true });
    }
  }
  for (const key in columns) View.show(key, readerOf(columns[key] as Column, count));
  return Array.from({ length: count }, (_, number) => new View(number));
}

function readerOf(column: Column, count: number): Reader {
  if (Array.isArray(column)) {
    const values = column.some((value) => typeof value === "object") ? column.map(rows) : column;
    return (number) => values[number];
  }
  return "at" in column ? readerOfSome(column.at, column.of, count) : readerOfLists(column.lengths, column.of);
}

function readerOfSome(at: readonly number[], of: Column, count: number): Reader {
  const read = readerOf(of, at.length);
  const places = new Int32Array(count).fill(-1);
  for (const [place, number] of at.entries()) places[number] = place;
  return (number) => {
    const place = places[number] as number;
    return place < 0 ? undefined : read(place);
  };
}

/** The lists' objects are made when the first of them is asked for. */
function readerOfLists(lengths: readonly number[], of: Table): Reader {
  const ends = new Int32Array(lengths);
  for (let number = 1; number < ends.length; number++)
    ends[number] = (ends[number] as number) + (ends[number - 1] as number);
  let all: object[] | null = null;
  return (number) => {
    all ??= viewsOf(of);
    return all.slice(ends[number - 1] ?? 0, ends[number]);
  };
}
