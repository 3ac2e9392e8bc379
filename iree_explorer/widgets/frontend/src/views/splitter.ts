import { h } from "../dom";

const STEP = 4;
const LEAST = 15;
const MOST = 85;

/** A bar that moves the border between two panes: a custom property of `container` holds the share in percent. */
export function makeSplitter(container: HTMLElement, label: string, property: string, axis: "x" | "y"): HTMLElement {
  const bar = h("div", {
    class: `ie-splitter ie-splitter-${axis}`,
    role: "separator",
    tabindex: 0,
    "aria-label": label,
    "aria-orientation": axis === "x" ? "vertical" : "horizontal",
    "aria-valuemin": LEAST,
    "aria-valuemax": MOST,
    "aria-valuenow": 50,
  });
  const set = (share: number) => {
    const value = Math.round(Math.min(MOST, Math.max(LEAST, share)) * 10) / 10;
    container.style.setProperty(property, `${value}%`);
    bar.setAttribute("aria-valuenow", String(value));
  };
  const shareAt = (x: number, y: number) => {
    const box = container.getBoundingClientRect();
    return axis === "x" ? ((x - box.left) / box.width) * 100 : ((box.bottom - y) / box.height) * 100;
  };
  /** Until it is moved, style sheets say where it stands. */
  const share = () => {
    const { left, top } = bar.getBoundingClientRect();
    return Math.round(shareAt(left, top));
  };
  bar.addEventListener("pointerdown", (event) => bar.setPointerCapture(event.pointerId));
  bar.addEventListener("pointermove", (event) => {
    if (bar.hasPointerCapture(event.pointerId)) set(shareAt(event.clientX, event.clientY));
  });
  bar.addEventListener("focus", () => bar.setAttribute("aria-valuenow", String(share())));
  bar.addEventListener("keydown", (event) => {
    const moves: Record<string, number> =
      axis === "x" ? { ArrowLeft: -STEP, ArrowRight: STEP } : { ArrowUp: STEP, ArrowDown: -STEP };
    const target = { Home: LEAST, End: MOST }[event.key] ?? share() + (moves[event.key] ?? Number.NaN);
    if (Number.isNaN(target)) return;
    event.preventDefault();
    event.stopPropagation();
    set(target);
  });
  return bar;
}
