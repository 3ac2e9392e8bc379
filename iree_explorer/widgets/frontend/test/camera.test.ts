// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Camera } from "../src/views/graph/camera";
import type { Transform } from "../src/views/graph/viewport";

const GRAPH = { x: 0, y: 0, w: 400, h: 10_000 };
const PANE = { width: 400, height: 300 };
/** Longer than any glide. */
const ENOUGH_MS = 10_000;

const node = (y: number) => ({ x: 100, y, w: 100, h: 40 });

describe("a camera", () => {
  let now: Transform = { scale: 0, x: 0, y: 0 };
  let frames: FrameRequestCallback[] = [];
  let camera: Camera;

  /** What was asked for is drawn, until the end of a glide. */
  function draw(): void {
    for (const frame of frames.splice(0)) frame(performance.now() + ENOUGH_MS);
  }

  function isInSight({ y, h }: { y: number; h: number }): boolean {
    const top = y * now.scale + now.y;
    return top >= 0 && top + h * now.scale <= PANE.height;
  }

  beforeEach(() => {
    frames = [];
    vi.stubGlobal(
      "ResizeObserver",
      class {
        observe() {}
        disconnect() {}
      },
    );
    vi.stubGlobal("requestAnimationFrame", (frame: FrameRequestCallback) => frames.push(frame));
    vi.stubGlobal("cancelAnimationFrame", () => frames.splice(0));
    vi.stubGlobal("matchMedia", () => ({ matches: false }));
    const surface = document.createElement("div");
    Object.defineProperties(surface, {
      clientWidth: { value: PANE.width },
      clientHeight: { value: PANE.height },
    });
    const ignore = () => undefined;
    camera = new Camera(surface, {
      onMove: (transform) => {
        now = transform;
      },
      onHover: ignore,
      onClick: ignore,
      onLeave: ignore,
    });
    camera.open(GRAPH);
  });

  it("brings into sight what was asked for last, whatever it was on its way to", () => {
    camera.reveal(node(6000));
    const near = node(0);
    expect(isInSight(near)).toBe(true);
    camera.reveal(near);
    draw();
    expect(isInSight(near)).toBe(true);
  });

  it("does not glide on in a graph that is shown meanwhile", () => {
    camera.reveal(node(6000));
    camera.open({ ...GRAPH, h: 9000 });
    const opened = now;
    draw();
    expect(now).toEqual(opened);
  });

  it("zooms as often as it is asked to, also before it has moved", () => {
    const { scale } = now;
    camera.zoom(0.5);
    camera.zoom(0.5);
    draw();
    expect(now.scale).toBeCloseTo(scale / 4);
  });

  it("rests where it is when it is left", () => {
    camera.reveal(node(6000));
    camera.destroy();
    const left = now;
    draw();
    expect(now).toEqual(left);
  });
});
