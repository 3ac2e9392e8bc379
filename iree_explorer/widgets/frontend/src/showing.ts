import type { App } from "./app";
import { type Bytes, decodeDocument, inflate } from "./model/decode";
import type { ExplorerDocument } from "./model/document";
import type { Later } from "./model/tables";

/** How a document is shown. */
interface Showing {
  /** Where; else where the document says. */
  step?: number | undefined;
  error?: string;
  /** What comes after it. */
  later?: Later;
  /** What of it is otherwise. */
  other?: Promise<Partial<ExplorerDocument>>;
}

/** What is wrong with bytes that can't be read, as a sentence. */
export function unreadable(what: string, cause: unknown): string {
  return `${what} can't be shown: ${cause instanceof Error ? cause.message : String(cause)}`;
}

/** Shows the document of the given bytes. Bytes that are none become the error line; what was shown stays. */
export async function showDocument(app: App, bytes: Bytes, { step, error = "", later, other }: Showing): Promise<void> {
  try {
    const document = await app.latest(decodeDocument(bytes, later));
    if (document) app.show(Object.assign(document, await other), step ?? document.start ?? 0, error);
  } catch (cause) {
    app.actions.complain(unreadable("This schedule", cause));
  }
}

/** Reads what comes after a document; says what is wrong with it, empty: nothing. What can't be read is not waited for. */
export async function readLater(later: Later, bytes: Bytes): Promise<string> {
  try {
    later.come(await inflate(bytes));
    return "";
  } catch (cause) {
    later.come("[]");
    return unreadable("Some of this schedule", cause);
  }
}

/** Shows what has come after the document that is shown. `details` is another object each time. */
export function showLater(app: App, details: object, problem: string): void {
  app.store.state.trace?.complete();
  app.store.set({ details, awaited: false, ...(problem ? { error: problem } : {}) });
}
