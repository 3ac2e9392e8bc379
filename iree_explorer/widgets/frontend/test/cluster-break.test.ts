import { findClusterBreak as theirs } from "@marijn/find-cluster-break";
import { describe, expect, it } from "vitest";
import { findClusterBreak } from "../src/cluster-break";

describe("the characters that people see", () => {
  it.each(["", "%0 = stream", "e\u0301a", "👩‍👩‍👧b", "🇩🇪🇫🇷", "a😀b"])(
    "begin and end in %j as they do for CodeMirror",
    (text) => {
      for (let place = 0; place <= text.length; place++) {
        // Inside a pair of surrogates nobody stands.
        if (/[\udc00-\udfff]/.test(text[place] ?? "")) continue;
        expect([place, findClusterBreak(text, place)]).toEqual([place, theirs(text, place)]);
      }
      for (let place = text.length; place > 0; place = findClusterBreak(text, place, false)) {
        expect(findClusterBreak(text, place, false)).toBe(theirs(text, place, false));
      }
    },
  );
});
