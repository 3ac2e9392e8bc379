import type { Comparison } from "./document";
import { DOCUMENT_VERSION, type ExplorerDocument } from "./document";
import { type Later, rows } from "./tables";

const LISTS = ["stages", "steps", "graphs", "functions"] as const;

/** Bytes as a trait or a page hands them over: anywidget gives a DataView. */
export type Bytes = DataView | ArrayBuffer | Uint8Array;

function asUint8(bytes: Bytes): Uint8Array<ArrayBuffer> {
  if (bytes instanceof ArrayBuffer) return new Uint8Array(bytes);
  return new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
}

/** The text inside zlib-deflated UTF-8 bytes. */
export async function inflate(bytes: Bytes): Promise<string> {
  const stream = new Blob([asUint8(bytes)]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).text();
}

/** Rejects what this front end could only half show: a foreign version, or a document with parts missing. */
export function checkDocument(value: unknown): ExplorerDocument {
  const document = value as Partial<ExplorerDocument> | null;
  if (document === null || typeof document !== "object") throw new Error("the document is not a JSON object");
  if (document.version !== DOCUMENT_VERSION) {
    throw new Error(
      `the document has version ${String(document.version)}; this page reads version ${DOCUMENT_VERSION}`,
    );
  }
  for (const name of LISTS) {
    if (!Array.isArray(document[name])) throw new Error(`the document has no list "${name}"`);
  }
  const text = document.text;
  if (!text || text.lines.length !== text.owners.length)
    throw new Error("the document's lines and owners differ in length");
  return document as ExplorerDocument;
}

/** The comparison of the given bytes; null where there are none. */
export async function decodeComparison(bytes: Bytes): Promise<Comparison | null> {
  if (bytes.byteLength === 0) return null;
  const comparison = rows(JSON.parse(await inflate(bytes))) as Comparison;
  checkDocument(comparison.other);
  return comparison;
}

/** Raises an error that reads as a sentence when the bytes are not a document. `later` gives what does not come with it. */
export async function decodeDocument(bytes: Bytes, later?: Later): Promise<ExplorerDocument> {
  return checkDocument(rows(JSON.parse(await inflate(bytes)), later));
}
