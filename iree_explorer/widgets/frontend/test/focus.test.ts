// @vitest-environment happy-dom
import { beforeEach, describe, expect, test } from "vitest";
import { h } from "../src/dom";
import { cover, focusableIn, keepFocus, moveInMenu } from "../src/focus";
import { Overlay } from "../src/views/overlay";

let root: HTMLElement;
let list: HTMLElement;

function row(name: string): HTMLElement {
  return h("li", {}, h("button", { id: name }, name), h("button", { id: `${name}-remove` }, "remove"));
}

function active(): string {
  return (root.getRootNode() as ShadowRoot).activeElement?.id ?? "";
}

function focus(name: string): void {
  list.querySelector<HTMLElement>(`#${name}`)?.focus();
}

beforeEach(() => {
  const host = h("div");
  document.body.replaceChildren(host);
  list = h("ul", {}, row("a"), row("b"), row("c"));
  root = h("div", { tabindex: 0, id: "root" }, h("section", { tabindex: 0, id: "panel" }, list));
  host.attachShadow({ mode: "open" }).append(root);
});

describe("the focus when a list is made anew", () => {
  test("stays at the same place in it", () => {
    focus("b-remove");
    keepFocus(root, () => list.replaceChildren(row("x"), row("y"), row("z")));
    expect(active()).toBe("y-remove");
  });

  test("goes to what took the place of a row, or to the last", () => {
    focus("b-remove");
    keepFocus(root, () => list.replaceChildren(row("a"), row("c")));
    expect(active()).toBe("c-remove");
    keepFocus(root, () => list.replaceChildren(row("a")));
    expect(active()).toBe("a-remove");
  });

  test("goes to the panel where nothing is left", () => {
    focus("b");
    keepFocus(root, () => list.replaceChildren());
    expect(active()).toBe("panel");
  });

  test("stays where the change itself has put it", () => {
    focus("a");
    keepFocus(root, () => {
      list.replaceChildren(row("x"), row("y"));
      focus("y");
    });
    expect(active()).toBe("y");
  });

  test("is nobody's where it was outside", () => {
    keepFocus(root, () => list.replaceChildren());
    expect(active()).toBe("");
  });
});

test("what covers its siblings makes them inert, and gives them back", () => {
  const layer = h("div", {}, "over all");
  root.append(layer);
  cover(layer, true);
  expect([root.firstElementChild, layer].map((element) => (element as HTMLElement).inert)).toEqual([true, false]);
  cover(layer, false);
  expect((root.firstElementChild as HTMLElement).inert).toBe(false);
});

describe("a panel over the page", () => {
  const overlay = () => {
    const panel = new Overlay("Keys", "help", []);
    root.append(panel.element);
    return panel;
  };

  test("gives the focus back to what had it when it was opened, also where it was opened twice", () => {
    const panel = overlay();
    focus("b");
    panel.open();
    panel.open();
    panel.close();
    expect(active()).toBe("b");
  });

  test("keeps keys from what it covers", () => {
    const panel = overlay();
    const heard: string[] = [];
    root.addEventListener("keydown", ({ key }) => heard.push(key));
    panel.open();
    for (const key of ["j", "?", "Escape"])
      panel.element.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true }));
    expect(heard).toEqual([]);
    expect(panel.isOpen).toBe(false);
  });
});

test("up and down go round in a menu, Home and End to its ends", () => {
  const items = focusableIn(list);
  const press = (key: string) => {
    let isMove = false;
    list.addEventListener("keydown", (event) => (isMove = moveInMenu(event, items)), { once: true });
    list.querySelector(`#${active()}`)?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    return isMove ? active() : key;
  };
  focus("a");
  const keys = ["ArrowUp", "ArrowDown", "ArrowDown", "End", "Home", "x"];
  expect(keys.map(press)).toEqual(["c-remove", "a", "a-remove", "c-remove", "a", "x"]);
});
