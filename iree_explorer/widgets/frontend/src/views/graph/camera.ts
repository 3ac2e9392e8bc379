import { focusedAround } from "../../focus";
import type { Box } from "../../model/document";
import { opening, reveal, type Size, showMost, type Transform, visibleBox, zoomAt } from "./viewport";

export interface CameraEvents {
  onMove(transform: Transform, size: Size): void;
  /** Positions are those of the graph. */
  onHover(x: number, y: number): void;
  onClick(x: number, y: number, event: PointerEvent): void;
  onLeave(): void;
}

/** A press that moves less than this (pixels) is a click. */
const CLICK_SLACK = 4;
const GLIDE_MS = 160;

function prefersStillness(): boolean {
  return globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? false;
}

/** Pan and zoom of a surface by pointer, wheel and buttons. */
export class Camera {
  private transform: Transform = { scale: 1, x: 0, y: 0 };
  /** Where the view glides to; it is there where it does not move. */
  private goal = this.transform;
  private size: Size = { width: 0, height: 0 };
  private graph: Box | null = null;
  private core: Box | undefined;
  private middle: number | undefined;
  /** Nobody has moved the view yet: a new size of the pane opens it anew, with what is looked at in sight. */
  private untouched = true;
  private aim: Box | undefined;
  private pressed: { id: number; x: number; y: number; from: Transform; moved: boolean } | null = null;
  /** The two fingers of a pinch, where they are in the pane, and the view that it began with. */
  private readonly fingers = new Map<number, [x: number, y: number]>();
  private pinch: { apart: number; middle: [x: number, y: number]; from: Transform } | null = null;
  private glide = 0;
  private readonly observer: ResizeObserver;

  constructor(
    private readonly surface: HTMLElement,
    private readonly events: CameraEvents,
  ) {
    surface.addEventListener("pointerdown", (event) => this.press(event));
    surface.addEventListener("pointermove", (event) => this.move(event));
    surface.addEventListener("pointerup", (event) => this.release(event));
    surface.addEventListener("pointercancel", (event) => this.cancel(event));
    surface.addEventListener("pointerleave", () => events.onLeave());
    surface.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(surface);
  }

  destroy(): void {
    this.observer.disconnect();
    cancelAnimationFrame(this.glide);
  }

  /** Shows a graph from its start, or of a large one `core`; where that is wider than the pane, around `middle`, an x of the graph. */
  open(graph: Box, core?: Box, middle?: number): void {
    this.graph = graph;
    this.core = core;
    this.middle = middle;
    this.untouched = true;
    this.aim = undefined;
    this.resize();
  }

  /** The graph was laid out anew: what stood at a point of it, and stands at another now, stays where it is in the pane. */
  keep(graph: Box, before: Box, now: Box): void {
    const { scale, x, y } = this.transform;
    this.graph = graph;
    this.untouched = false;
    this.jumpTo({ scale, x: x + (before.x - now.x) * scale, y: y + (before.y - now.y) * scale });
  }

  showAll(): void {
    this.untouched = false;
    if (this.graph) this.glideTo(showMost(this.graph, this.size, this.goal));
  }

  zoom(factor: number): void {
    this.untouched = false;
    this.glideTo(zoomAt(this.goal, factor, this.size.width / 2, this.size.height / 2));
  }

  /** Takes the view of another camera. */
  follow(other: Camera): void {
    this.untouched = false;
    this.jumpTo(other.transform);
  }

  reveal(box: Box): void {
    this.aim = box;
    const target = reveal(this.goal, box, this.size, this.graph ?? box);
    if (target && this.size.width > 0) this.glideTo(target);
  }

  /** The part of the graph that is in sight. */
  get sight(): Box {
    return visibleBox(this.transform, this.size);
  }

  toPane(box: Box): Box {
    const { scale, x, y } = this.transform;
    return { x: box.x * scale + x, y: box.y * scale + y, w: box.w * scale, h: box.h * scale };
  }

  private resize(): void {
    this.size = { width: this.surface.clientWidth, height: this.surface.clientHeight };
    const { graph, size, aim } = this;
    if (graph && this.untouched && size.width > 0) {
      const opened = opening(graph, size, this.core, this.middle);
      this.jumpTo((aim && reveal(opened, aim, size, graph)) ?? opened);
    } else this.show(this.transform);
  }

  private show(transform: Transform): void {
    this.transform = transform;
    this.events.onMove(transform, this.size);
  }

  /** At once, also out of a glide. */
  private jumpTo(transform: Transform): void {
    cancelAnimationFrame(this.glide);
    this.goal = transform;
    this.show(transform);
  }

  private glideTo(target: Transform): void {
    if (prefersStillness() || document.hidden) {
      this.jumpTo(target);
      return;
    }
    cancelAnimationFrame(this.glide);
    this.goal = target;
    const from = this.transform;
    const start = performance.now();
    const tick = (now: number) => {
      const part = Math.min(1, Math.max(0, (now - start) / GLIDE_MS));
      const eased = 1 - (1 - part) ** 3;
      const between = (a: number, b: number) => a + (b - a) * eased;
      this.show({
        scale: between(from.scale, target.scale),
        x: between(from.x, target.x),
        y: between(from.y, target.y),
      });
      if (part < 1) this.glide = requestAnimationFrame(tick);
    };
    this.glide = requestAnimationFrame(tick);
  }

  private at(event: MouseEvent): [x: number, y: number] {
    const rect = this.surface.getBoundingClientRect();
    return [event.clientX - rect.left, event.clientY - rect.top];
  }

  /** Where an event is in the graph; null: it is not on the surface. */
  pointIn(event: MouseEvent): [x: number, y: number] | null {
    return event.composedPath().includes(this.surface) ? this.inGraph(event) : null;
  }

  private inGraph(event: MouseEvent): [x: number, y: number] {
    const [x, y] = this.at(event);
    return [(x - this.transform.x) / this.transform.scale, (y - this.transform.y) / this.transform.scale];
  }

  private press(event: PointerEvent): void {
    if (event.button !== 0) {
      this.events.onLeave();
      return;
    }
    this.jumpTo(this.transform);
    this.surface.setPointerCapture(event.pointerId);
    this.fingers.set(event.pointerId, this.at(event));
    if (this.fingers.size === 2) {
      const { apart, middle } = this.spread();
      this.pinch = { apart: Math.max(1, apart), middle, from: this.transform };
    }
    this.pressed = { id: event.pointerId, x: event.clientX, y: event.clientY, from: this.transform, moved: false };
  }

  /** Two fingers zoom by how far apart they are, around the point between them, which they also carry along. */
  private spread(): { apart: number; middle: [x: number, y: number] } {
    const [[ax, ay], [bx, by]] = [...this.fingers.values()] as [[number, number], [number, number]];
    return { apart: Math.hypot(ax - bx, ay - by), middle: [(ax + bx) / 2, (ay + by) / 2] };
  }

  private pinchOn(pinch: NonNullable<Camera["pinch"]>): void {
    const { apart, middle } = this.spread();
    const zoomed = zoomAt(pinch.from, apart / pinch.apart, ...pinch.middle);
    this.untouched = false;
    this.jumpTo({
      scale: zoomed.scale,
      x: zoomed.x + middle[0] - pinch.middle[0],
      y: zoomed.y + middle[1] - pinch.middle[1],
    });
  }

  private move(event: PointerEvent): void {
    const { pressed, pinch } = this;
    if (this.fingers.has(event.pointerId)) this.fingers.set(event.pointerId, this.at(event));
    if (pinch) {
      if (this.fingers.size === 2) this.pinchOn(pinch);
      return;
    }
    if (!pressed) {
      this.events.onHover(...this.inGraph(event));
      return;
    }
    const dx = event.clientX - pressed.x;
    const dy = event.clientY - pressed.y;
    if (!pressed.moved && Math.hypot(dx, dy) < CLICK_SLACK) return;
    pressed.moved = true;
    this.untouched = false;
    this.jumpTo({ scale: pressed.from.scale, x: pressed.from.x + dx, y: pressed.from.y + dy });
  }

  private release(event: PointerEvent): void {
    const clicked = this.pressed !== null && !this.pressed.moved && !this.pinch;
    this.cancel(event);
    if (clicked) this.events.onClick(...this.inGraph(event), event);
  }

  private cancel(event: PointerEvent): void {
    this.pressed = null;
    this.fingers.delete(event.pointerId);
    if (this.fingers.size === 0) this.pinch = null;
  }

  /**
   * A page that scrolls past a cell must go on scrolling: the wheel is ours only once the widget has the focus, or where it has a
   * window of its own, in which nothing scrolls.
   */
  private get takesWheel(): boolean {
    const root = this.surface.getRootNode();
    const { scrollHeight, clientHeight } = document.documentElement;
    const ownsPage = root instanceof ShadowRoot && root.host.hasAttribute("data-ie-page");
    return (ownsPage && self === top && scrollHeight <= clientHeight) || focusedAround(this.surface) !== null;
  }

  private wheel(event: WheelEvent): void {
    if (!this.takesWheel && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.untouched = false;
    const step = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 0.05 : 0.0015;
    this.jumpTo(zoomAt(this.transform, Math.exp(-event.deltaY * step), ...this.at(event)));
  }
}
