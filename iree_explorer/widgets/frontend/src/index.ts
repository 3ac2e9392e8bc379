import { App } from "./app";
import type { Bytes } from "./model/decode";
import { type Parts, showParts } from "./page";
import type { ThemeChoice } from "./theme";
import { render } from "./widget";

export interface MountOptions extends Parts {
  /** CSS length, or pixels; 560 px when absent. */
  height?: string | number;
  theme?: ThemeChoice;
  /** The page holds nothing else: keys act also while nothing has the focus. */
  ownsPage?: boolean;
}

export interface Mounted {
  /** Resolves when the document is shown (or its error is). */
  readonly ready: Promise<void>;
  goTo(step: number): void;
  destroy(): void;
}

/** Shows a document in a page without a kernel: stepping works, scheduling and running anew do not. */
export function mount(element: HTMLElement, documentBytes: Bytes, options: MountOptions = {}): Mounted {
  const host = document.createElement("div");
  element.append(host);
  const height = typeof options.height === "number" ? `${options.height}px` : options.height;
  if (height) host.style.setProperty("--ie-height", height);
  const app = new App(host, { kernel: null, theme: options.theme ?? "auto", ownsPage: options.ownsPage ?? false });
  const ready = showParts(app, documentBytes, options);
  return {
    ready,
    goTo: (step) => app.actions.goTo(step),
    destroy: () => {
      app.destroy();
      host.remove();
    },
  };
}

export default { render };
