import { expect, it } from "vitest";
import { plainColour } from "../src/views/graph/palette";

it("names mixtures as every viewer of SVG reads them", () => {
  expect(plainColour("color(srgb 0.5 0 1)")).toBe("rgb(128 0 255)");
  expect(plainColour("color(srgb 0.5 0 1 / 0.25)")).toBe("rgb(128 0 255 / 0.25)");
  for (const plain of ["rgb(1, 2, 3)", "none", "#123456", "700"]) expect(plainColour(plain)).toBe(plain);
});
