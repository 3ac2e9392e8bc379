/** Python writes long lists of like objects as tables, each key once: `exploration/page/columns.py` says how. */
interface Table {
  "#": number;
  columns: Record<string, Column>;
}

/** A value for each object; those of some objects, by number; lists of objects as one table; or one that comes later, by its number. */
type Column = unknown[] | { at: number[]; of: Column } | { lengths: number[]; of: Table } | { later: number };

/** What comes after a document. Until it does, and is asked for, objects lack what is in it. */
export class Later {
  private text = "";
  private columns: Column[] | null = null;
  private isExpected = false;

  /** The document has columns that are to come. */
  expect(): void {
    this.isExpected = true;
  }

  /** The document lacks what is still to come. */
  get isAwaited(): boolean {
    return this.isExpected && this.columns === null && this.text === "";
  }

  /** They have come: a list of columns as JSON, which is read when one of them is asked for. */
  come(text: string): void {
    this.text = text;
  }

  column(number: number): Column | undefined {
    if (this.columns === null && this.text !== "") {
      this.columns = JSON.parse(this.text) as Column[];
      this.text = "";
    }
    return this.columns?.[number];
  }
}

type Row = Record<string, unknown>;

/** The value of the object with a number; `undefined`: it has none. */
type Reader = (number: number) => unknown;

function isObject(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The value with objects in place of all tables; the objects around them are changed. Objects of a table are for reading.
 * An object that comes later is empty until then.
 */
export function rows(value: unknown, later = new Later()): unknown {
  if (Array.isArray(value)) return isObject(value[0]) ? value.map((one) => rows(one, later)) : value;
  if (!isObject(value)) return value;
  if ("#" in value) return viewsOf(value as unknown as Table, later);
  for (const key in value) {
    const inner = value[key];
    if (isObject(inner) && "later" in inner) {
      const which = inner.later as number;
      later.expect();
      Object.defineProperty(value, key, { get: () => later.column(which) ?? {}, enumerable: true });
    } else if (typeof inner === "object") value[key] = rows(inner, later);
  }
  return value;
}

/** Objects that look their values up: a document has 100,000 of them, and a page asks few of them for all they know. */
function viewsOf({ "#": count, columns }: Table, later: Later): object[] {
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
  for (const key in columns) View.show(key, readerOf(columns[key] as Column, count, later));
  return Array.from({ length: count }, (_, number) => new View(number));
}

function readerOf(column: Column, count: number, later: Later): Reader {
  if (Array.isArray(column)) {
    const values = column.some((value) => typeof value === "object") ? column.map((one) => rows(one, later)) : column;
    return (number) => values[number];
  }
  if ("later" in column) return readerOfLater(column.later, count, later);
  if ("at" in column) return readerOfSome(column.at, readerOf(column.of, column.at.length, later), count);
  return readerOfLists(column.lengths, () => viewsOf(column.of, later));
}

function readerOfLater(which: number, count: number, later: Later): Reader {
  let read: Reader | null = null;
  later.expect();
  return (number) => {
    const column = read ? undefined : later.column(which);
    if (column) read = readerOf(column, count, later);
    return read?.(number);
  };
}

function readerOfSome(at: readonly number[], read: Reader, count: number): Reader {
  const places = new Int32Array(count).fill(-1);
  for (const [place, number] of at.entries()) places[number] = place;
  return (number) => {
    const place = places[number] as number;
    return place < 0 ? undefined : read(place);
  };
}

/** The lists' objects are made when the first of them is asked for. */
function readerOfLists(lengths: readonly number[], make: () => object[]): Reader {
  const ends: number[] = [];
  for (const length of lengths) ends.push((ends.at(-1) ?? 0) + length);
  let all: object[] | null = null;
  return (number) => {
    all ??= make();
    return all.slice(ends[number - 1] ?? 0, ends[number]);
  };
}
