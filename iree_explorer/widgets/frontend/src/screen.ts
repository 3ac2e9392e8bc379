import type { Actions } from "./actions";

/** Fills the screen with an element, or gives the screen back. */
export function toggleScreen(element: HTMLElement, actions: Actions): void {
  const done = document.fullscreenElement ? document.exitFullscreen() : element.requestFullscreen?.();
  done?.catch((cause: unknown) => actions.complain(String(cause)));
}
