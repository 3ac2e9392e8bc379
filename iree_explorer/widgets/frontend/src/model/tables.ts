/** Python writes long lists of like objects as tables, each key once: `exploration/page/columns.py` says how. */
interface Table {
  "#": number;
  columns: Record<string, Column>;
}

/** A value for each object; those of some objects, by number; or lists of objects as one table. */
type Column = unknown[] | { at: number[]; of: Column } | { lengths: number[]; of: Table };

type Row = Record<string, unknown>;

function isObject(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value with objects in place of all tables; the objects around them are changed. */
export function rows(value: unknown): unknown {
  if (Array.isArray(value)) return isObject(value[0]) ? value.map(rows) : value;
  if (!isObject(value)) return value;
  if ("#" in value) return objectsOf(value as unknown as Table);
  for (const key in value) {
    const inner = value[key];
    if (typeof inner === "object") value[key] = rows(inner);
  }
  return value;
}

function objectsOf({ "#": count, columns }: Table): Row[] {
  const objects = Array.from({ length: count }, (): Row => ({}));
  for (const key in columns) fill(objects, key, columns[key] as Column);
  return objects;
}

function fill(objects: Row[], key: string, column: Column): void {
  if (Array.isArray(column)) {
    for (let index = 0; index < column.length; index++) {
      const value = column[index];
      (objects[index] as Row)[key] = typeof value === "object" ? rows(value) : value;
    }
  } else if ("at" in column) {
    fill(
      column.at.map((number) => objects[number] as Row),
      key,
      column.of,
    );
  } else {
    const all = objectsOf(column.of);
    let at = 0;
    for (const [index, length] of column.lengths.entries()) {
      (objects[index] as Row)[key] = all.slice(at, at + length);
      at += length;
    }
  }
}
