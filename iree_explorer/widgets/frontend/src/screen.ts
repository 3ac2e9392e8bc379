import type { Actions } from "./actions";

/** Fills the screen with an element, or gives the screen back. */
export function toggleScreen(element: HTMLElement, actions: Actions): void {
  if (document.fullscreenElement) document.exitFullscreen();
  else element.requestFullscreen?.().catch((cause) => actions.complain(String(cause)));
}
