import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { partsOf } from "../src/model/parts";

const texts = fc
  .array(fc.constantFrom("a", "\n", "é", "€", "😀", "\uFEFF"), { maxLength: 20 })
  .map((characters) => characters.join(""));

describe("the parts of a text", () => {
  it("are small, and together the text", () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 9 }), (text, size) => {
        const parts = partsOf(text, size);
        const joined = new Uint8Array(parts.flatMap((part) => [...part]));
        expect(new TextDecoder("utf-8", { ignoreBOM: true }).decode(joined)).toBe(text);
        expect(parts.every((part) => part.buffer.byteLength <= size)).toBe(true);
      }),
    );
  });
});
