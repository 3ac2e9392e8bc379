/** Where the reason stands: its place in the tree is its place for Tab, too. */

import { focusedAround } from "../focus";

/** Pixels of the host: up to here the panes stand below each other, as in `base.css`. */
const NARROW = 799;

/**
 * Keeps the reason at the top of `lower`, or in a narrow page at the top of `main`: above the program, by the buttons that change it.
 *
 * @returns what ends that
 */
export function placeReason(host: HTMLElement, main: HTMLElement, lower: HTMLElement, reason: HTMLElement): () => void {
  lower.prepend(reason);
  const observer = new ResizeObserver(([entry]) => {
    const parent = entry && entry.contentRect.width <= NARROW ? main : lower;
    if (reason.parentElement === parent) return;
    const active = focusedAround(reason);
    parent.prepend(reason);
    // An element that is moved loses the focus.
    if (reason.contains(active)) active?.focus();
  });
  observer.observe(host);
  return () => observer.disconnect();
}
