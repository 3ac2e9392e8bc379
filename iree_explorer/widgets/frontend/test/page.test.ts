// @vitest-environment happy-dom
import fc from "fast-check";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Actions } from "../src/actions";
import { elide, h, setOptions, visible } from "../src/dom";
import { keyOf, listenToKeys, silenceClassicNotebook } from "../src/keys";
import { Trace } from "../src/model/trace";
import { Store } from "../src/store";
import { isDark } from "../src/theme";
import { Candidates } from "../src/views/candidates";
import { fitText } from "../src/views/graph/text-fit";
import { Overview } from "../src/views/overview";
import { proseOf } from "../src/views/prose";
import { ReasonLine } from "../src/views/reason";
import { fixture, plainFixture } from "./support/documents";

const HOSTILE = [
  "<img src=x onerror=alert(1)>",
  "</style><script>alert(1)</script>",
  "javascript:alert(1)",
  '"><svg onload=alert(1)>',
  "%<b>bold</b>",
  "\u202Eright to left",
  "constructor",
  "__proto__",
];

beforeEach(() => {
  document.body.replaceChildren();
  document.documentElement.removeAttribute("theme");
  document.body.className = "";
  delete document.body.dataset.jpThemeLight;
});

describe("words of a program", () => {
  const actions = new Actions(new Store(), null);

  it.each(HOSTILE)("stay words: %s", (text) => {
    const element = h("div", { title: text }, text, ...proseOf(actions, text, () => 3));
    expect(element.textContent).toBe(visible(text + text));
    expect(element.title).toBe(visible(text));
    expect(element.querySelector("img, script, svg, b")).toBeNull();
  });

  it("do not turn or hide the words around them", () => {
    const sentence = "@a\u202Eb\u200B runs in 1 wave";
    expect(visible(sentence)).toBe("@a\uFFFDb\uFFFD runs in 1 wave");
    expect(h("p", {}, ...proseOf(actions, sentence, () => undefined)).textContent).toBe(visible(sentence));
    expect(fitText(sentence, 1000, "label", ({ length }) => length)).toBe(visible(sentence));
    const option = h("option", { value: sentence }, sentence);
    expect([option.value, option.text]).toEqual([sentence, visible(sentence)]);
  });

  it("are all there in a sentence, names apart", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(h("p", {}, ...proseOf(actions, text, () => undefined)).textContent).toBe(text);
      }),
    );
    const names = proseOf(actions, "%7#1 joins @ex::@matmul. Then %a.", () => undefined);
    expect(names.filter((node) => node instanceof HTMLElement).map((node) => node.textContent)).toEqual([
      "%7#1",
      "@ex::@matmul",
      "%a",
    ]);
  });

  it("of any length fit a place of few", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 500 }), fc.integer({ min: 2, max: 300 }), (text, most) => {
        const short = elide(text, most);
        expect(short.length).toBe(Math.min(text.length, most));
        if (text.length > most) expect(text.startsWith(short.split("…")[0] ?? "")).toBe(true);
      }),
    );
  });

  it("as options of a select are kept where they did not change", () => {
    const element = h("select");
    setOptions(
      element,
      [
        ["a", "A"],
        ["b", "B"],
      ],
      "b",
    );
    const first = element.options[0];
    setOptions(
      element,
      [
        ["a", "A"],
        ["b", "B"],
      ],
      "a",
    );
    expect([element.value, element.options[0] === first]).toEqual(["a", true]);
  });
});

describe("the table of candidates", () => {
  it("lists each with its verdict, and lights the ops of the row under the pointer", () => {
    const store = new Store();
    const table = new Candidates(new Actions(store, null));
    store.subscribe((state, changed) => table.update(state, changed));
    store.set({ trace: new Trace(fixture("diamond")), step: 16 });
    const rows = [...table.element.querySelectorAll("[data-ie-candidate]")];
    expect(rows.map((row) => row.getAttribute("data-ie-verdict"))).toEqual(["refused", "chosen"]);
    expect(rows[0]?.textContent).toContain("downstream");
    expect(rows[0]?.querySelector("[data-ie-why]")?.getAttribute("title")).toContain("too late");
    rows[0]?.dispatchEvent(new Event("pointerenter"));
    expect(store.state.lit).toEqual([23, 26, 27]);
    rows[0]?.dispatchEvent(new Event("pointerleave"));
    expect(store.state.lit).toEqual([]);
  });
});

describe("the regions at a step", () => {
  it("are listed with their ops and waves, and light up", () => {
    const store = new Store();
    const overview = new Overview(new Actions(store, null));
    store.subscribe((state, changed) => {
      if (changed.has("step")) state.trace?.membershipsOf(0)?.moveTo(state.step);
      overview.update(state, changed);
    });
    store.set({ trace: new Trace(fixture("diamond")), step: 55 });
    const rows = [...overview.element.querySelectorAll("[data-ie-overview-region]")];
    expect(rows.map((row) => row.textContent)).toEqual([
      "partition 065partition 1",
      "partition 133partition 2",
      "partition 211–",
    ]);
    rows[2]?.dispatchEvent(new Event("pointerenter"));
    expect(store.state.lit).toEqual([20]);
    expect(overview.element.querySelector("[data-ie-gone]")).toBeNull();
  });

  it("say where the text shows what a step made", () => {
    const store = new Store();
    const overview = new Overview(new Actions(store, null));
    store.subscribe((state, changed) => overview.update(state, changed));
    const trace = new Trace(fixture("diamond"));
    trace.membershipsOf(0)?.moveTo(27);
    store.set({ trace, step: 27 });
    expect(overview.element.querySelector("[data-ie-later]")?.getAttribute("data-ie-later")).toBe("29");
    store.set({ step: 29 });
    expect(overview.element.hidden).toBe(true);
  });

  it("say which of them the clean-up took away", () => {
    const document = plainFixture("diamond");
    for (const region of document.graphs[0]?.regions ?? []) if (region.ordinal > 0) region.ordinal += 2;
    for (const { place = [] } of document.steps) for (const one of place) if (one[1] > 0) one[1] += 2;
    const store = new Store();
    const overview = new Overview(new Actions(store, null));
    store.subscribe((state, changed) => {
      if (changed.has("step")) state.trace?.membershipsOf(0)?.moveTo(state.step);
      overview.update(state, changed);
    });
    store.set({ trace: new Trace(document), step: 55 });
    expect(overview.element.querySelector("[data-ie-gone]")?.textContent).toContain("No row for 1, 2: the clean-up");
  });
});

describe("the reason", () => {
  it("says that the schedule is being laid out until it is there, or can't be", () => {
    const store = new Store();
    const reason = new ReasonLine(new Actions(store, null));
    store.subscribe((state, changed) => reason.update(state, changed));
    const text = () => reason.element.querySelector("[data-ie-reason]")?.textContent;
    expect(text()).toContain("Laying out");
    store.set({ dark: true });
    expect(text()).toContain("Laying out");
    store.set({ error: "This schedule can't be shown" });
    expect(text()).toBe("");
    store.set({ trace: new Trace(fixture("diamond")), error: "" });
    expect(text()).toContain("@diamond");
    reason.destroy();
  });
});

describe("keys", () => {
  function press(target: HTMLElement, key: string, init: KeyboardEventInit = {}): KeyboardEvent {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true, ...init });
    target.dispatchEvent(event);
    return event;
  }

  it("act in the widget, and never reach the page around it", () => {
    const root = h("div");
    document.body.append(root);
    const outside = vi.fn();
    document.body.addEventListener("keydown", outside);
    const act = vi.fn();
    listenToKeys(root, { j: act });
    expect(press(root, "j").defaultPrevented).toBe(true);
    expect(press(root, "b").defaultPrevented).toBe(false);
    expect([act.mock.calls.length, outside.mock.calls.length]).toEqual([1, 0]);
  });

  it("are the classic notebook's again when a page goes that had the focus", () => {
    const calls: string[] = [];
    const keyboard_manager = { disable: () => calls.push("disable"), enable: () => calls.push("enable") };
    vi.stubGlobal("Jupyter", { keyboard_manager });
    const root = h("div");
    const end = silenceClassicNotebook(root);
    end();
    expect(calls).toEqual([]);
    root.dispatchEvent(new Event("focusin"));
    end();
    expect(calls).toEqual(["disable", "enable"]);
    vi.unstubAllGlobals();
  });

  it("are left to where text is typed, to controls that know them, and to shortcuts", () => {
    const act = vi.fn();
    const map = { j: act, " ": act, ArrowLeft: act, constructor: act };
    const root = h("div", {}, h("input", { type: "text" }), h("button"), h("input", { type: "range" }), h("textarea"));
    document.body.append(root);
    const found: (boolean | string)[] = [];
    root.addEventListener("keydown", (event) => found.push(keyOf(event, map) !== undefined));
    const [text, button, range, area] = [...root.children] as HTMLElement[];
    if (!text || !button || !range || !area) throw new Error("missing");
    press(text, "j");
    press(area, "j");
    press(button, " ");
    press(range, "ArrowLeft");
    press(root, "j", { ctrlKey: true });
    press(root, "toString");
    expect(found).toEqual([false, false, false, false, false, false]);
    press(button, "j");
    press(range, "j");
    expect(found.slice(6)).toEqual([true, true]);
  });
});

describe("the theme", () => {
  it("is what the page says: JupyterLab, Colab, VS Code, or the system", () => {
    expect(isDark()).toBe(false);
    document.documentElement.setAttribute("theme", "dark");
    expect(isDark()).toBe(true);
    document.body.dataset.jpThemeLight = "true";
    expect(isDark()).toBe(false);
    document.body.dataset.jpThemeLight = "false";
    expect(isDark()).toBe(true);
    delete document.body.dataset.jpThemeLight;
    document.documentElement.removeAttribute("theme");
    document.body.className = "vscode-dark";
    expect(isDark()).toBe(true);
  });
});
