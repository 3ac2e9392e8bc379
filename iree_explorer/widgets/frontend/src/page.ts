import type { App } from "./app";
import { type Bytes, decodeComparison, inflate } from "./model/decode";
import type { ExplorerDocument } from "./model/document";
import { Later } from "./model/tables";
import { readLater, showDocument, showLater } from "./showing";

/** What a page holds beside its document, deflated; empty or absent: nothing. */
export interface Parts {
  /** Where to start; else where the document says. */
  step?: number;
  /** What comes after the document. */
  details?: Bytes;
  /** What it is compared with. */
  comparison?: Bytes;
  /** What of the document is otherwise now, as JSON. */
  standing?: Bytes;
}

const NOTHING = new ArrayBuffer(0);

async function changesIn({ comparison = NOTHING, standing = NOTHING }: Parts): Promise<Partial<ExplorerDocument>> {
  const changes = standing.byteLength > 0 ? JSON.parse(await inflate(standing)) : {};
  const compared = await decodeComparison(comparison);
  return compared ? { ...changes, comparison: compared } : changes;
}

/** Shows a document, then takes what comes after it: first, where it opens at a step that is told of there. */
export async function showParts(app: App, bytes: Bytes, parts: Parts): Promise<void> {
  const { details = NOTHING } = parts;
  const later = new Later();
  const take = async () => (details.byteLength > 0 ? readLater(later, details) : "");
  const other = changesIn(parts);
  const step = parts.step ?? (await other.catch(() => undefined))?.start;
  const error = step ? await take() : "";
  await showDocument(app, bytes, { step, error, later, other });
  if (!later.isAwaited) return;
  app.store.set({ awaited: true });
  await new Promise((drawn) => setTimeout(drawn));
  showLater(app, details, await take());
}
