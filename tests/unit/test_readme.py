"""What the README says can be typed in as it stands, and its tables are whole."""

import re
import tomllib
from pathlib import Path
from typing import Any

import iree_explorer as ie
from iree_explorer.cli.main import COMMANDS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


def test_the_examples_run() -> None:
    examples = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len(examples) == 2
    names: dict[str, Any] = {}
    for code in examples:
        exec(code, names)
    assert names["result"].outputs[0].shape == (16, 32)
    named = set(re.findall(r"\bie\.(\w+)", README))
    assert {"load", "explore", "schedule", "run", "debug", "compare"} <= named <= set(dir(ie))


def test_every_command_has_a_row() -> None:
    assert sorted(re.findall(r"^\| `iree-explorer (\w+)", README, re.MULTILINE)) == sorted(COMMANDS)


def test_every_folder_has_a_row_in_the_order_of_the_layers() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (layers,) = [contract["layers"] for contract in contracts if contract.get("containers") == ["iree_explorer"]]
    rows = re.findall(r"^\| `(\w+)(?:\.py|/)` ", README, re.MULTILINE)
    place = {name: number for number, layer in enumerate(reversed(layers)) for name in layer.split(" | ")}
    assert set(rows) == set(place)
    assert rows == sorted(rows, key=place.__getitem__)


def test_what_it_links_to_is_there() -> None:
    linked = re.findall(r"\]\(([^)#]+)\)", README)
    assert linked
    assert [name for name in linked if "://" not in name and not (ROOT / name).exists()] == []
