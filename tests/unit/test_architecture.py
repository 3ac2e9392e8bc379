"""`docs/architecture.md` is true: its picture keeps the layers, its code prints what it says, its names are there."""

import importlib
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "iree_explorer"
PAGE = (ROOT / "docs" / "architecture.md").read_text()
PICTURE = PAGE[PAGE.index("```mermaid") : PAGE.index("```", PAGE.index("```mermaid") + 3)]
BOXES = dict(re.findall(r'(\w+)\["\1 · (\w+)/"\]', PICTURE))
"""Class → the folder that owns it."""
ARROWS = re.findall(r"^  (\w+)(?:\[[^]]*\])? -.*?-?\.?-> (\w+)", PICTURE, re.MULTILINE)


def test_every_box_is_a_class_of_its_folder() -> None:
    assert len(BOXES) >= 8
    for name, folder in BOXES.items():
        declared = re.compile(rf"^class {name}\b", re.MULTILINE)
        assert any(declared.search(file.read_text()) for file in (PACKAGE / folder).rglob("*.py")), (name, folder)


def test_every_arrow_leads_to_a_folder_that_may_import_the_other() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (layers,) = [contract["layers"] for contract in contracts if contract.get("containers") == ["iree_explorer"]]
    place = {name: number for number, layer in enumerate(reversed(layers)) for name in layer.split(" | ")}
    between = [(BOXES[start], BOXES[end]) for start, end in ARROWS if start in BOXES and end in BOXES]
    assert len(between) >= len(BOXES)
    assert [pair for pair in between if place[pair[0]] > place[pair[1]]] == []


def test_the_code_prints_what_the_page_says(capsys: pytest.CaptureFixture[str]) -> None:
    match = re.search(r"```python\n(.*?)```\n\nprints\n\n```\n(.*?)```", PAGE, re.DOTALL)
    assert match is not None
    exec(match[1], {})
    assert capsys.readouterr().out == match[2]


def test_every_file_and_name_of_the_tables_is_there() -> None:
    named = re.findall(r"`([\w/-]+\.(?:py|ts|json|schema\.json))`(?: \| `(\w+)` \|)?", PAGE)
    assert len(named) > 15
    for path, name in named:
        assert (PACKAGE / path).exists(), path
        if name:
            assert hasattr(importlib.import_module("iree_explorer." + path[:-3].replace("/", ".")), name), (path, name)
