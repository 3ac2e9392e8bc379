"""Pictures that are compared with those of before: fonts of our own, no motion, and a tolerance for what renderers may differ in."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

HERE = Path(__file__).parent
FONTS = {"--jp-ui-font-family": "DejaVuSans", "--jp-code-font-family": "DejaVuSansMono"}

SQUARE = 4
"""Pixels of a square, along a side, whose mean is compared: edges of letters differ between renderers, their places do not."""
SLACK = 24
"""Of 255 by which a square may differ in red, green or blue."""
SHARE = 0.0005
"""Of the squares that may differ by more."""

_ADD_FONT = """
document.fonts.add(new FontFace("{name}", Uint8Array.from(atob("{data}"), (c) => c.charCodeAt(0))));
"""

_DIFFERENCE = """async ([before, after, square, slack]) => {
  const read = async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    return { width: image.width, height: image.height, pixels: context.getImageData(0, 0, image.width, image.height).data };
  };
  const [a, b] = [await read(before), await read(after)];
  if (a.width !== b.width || a.height !== b.height) return 1;
  let [squares, different] = [0, 0];
  for (let top = 0; top < a.height; top += square)
    for (let left = 0; left < a.width; left += square) {
      const sums = [0, 0, 0];
      const [bottom, right] = [Math.min(top + square, a.height), Math.min(left + square, a.width)];
      for (let y = top; y < bottom; y++)
        for (let x = left; x < right; x++)
          for (let c = 0; c < 3; c++) sums[c] += a.pixels[4 * (y * a.width + x) + c] - b.pixels[4 * (y * a.width + x) + c];
      squares += 1;
      if (Math.max(...sums.map(Math.abs)) > slack * (bottom - top) * (right - left)) different += 1;
    }
  return different / squares;
}"""


def still_page(browser: Browser, theme: str) -> Page:
    """A page in which everything looks the same on each machine: one pixel a pixel, fonts of the tests, no motion."""
    page = browser.new_page(
        viewport={"width": 1200, "height": 720},
        device_scale_factor=1,
        reduced_motion="reduce",
        color_scheme="dark" if theme == "dark" else "light",
    )
    for name in FONTS.values():
        data = base64.b64encode((HERE / "fonts" / f"{name}.woff2").read_bytes()).decode()
        page.add_init_script(_ADD_FONT.format(name=name, data=data))
    return page


def in_own_fonts(page: str) -> str:
    """An HTML page of the explorer whose fonts are those that `still_page` knows."""
    rules = "".join(f"{variable}:{name};" for variable, name in FONTS.items())
    return page.replace("</head>", f"<style>html{{{rules}}}</style></head>", 1)


def difference(page: Page, before: bytes, after: bytes) -> float:
    """The share of squares in which two PNG files differ; 1 where their sizes do."""
    found: Any = page.evaluate(
        _DIFFERENCE, [base64.b64encode(before).decode(), base64.b64encode(after).decode(), SQUARE, SLACK]
    )
    return float(found)
