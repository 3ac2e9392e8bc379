"""Documents for the front end's own tests, made by the passes: `python -m tests.unit.exploration.fixtures [--big N FILE]`.

Without arguments it writes `round_trip.json` beside the front end's other fixtures; with `--big`, the document of one
function of N dispatches to FILE.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import iree_explorer.widgets
from bench.programs import dispatches
from iree_explorer.exploration import Exploration, explore_module
from iree_explorer.exploration.runs import run_json
from iree_explorer.frontends import load
from iree_explorer.samples import ALL
from iree_explorer.syntax import parse

FIXTURES = Path(iree_explorer.widgets.__file__).parent / "frontend" / "test" / "fixtures"
SAMPLE = "round_trip"


def with_run(exploration: Exploration) -> dict[str, Any]:
    """The document, with a run of the first function that can be run."""
    function = exploration.document["functions"][0]["name"]
    return {**exploration.document, "run": run_json(exploration, function, workers=2)}


def main() -> None:
    """Writes the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--big", nargs=2, metavar=("N", "FILE"))
    arguments = parser.parse_args()
    if arguments.big:
        count, file = arguments.big
        document = explore_module(parse(dispatches(int(count)), f"{count} dispatches")).document
        Path(file).write_text(json.dumps(document))
        return
    sample = next(sample for sample in ALL if sample.name == SAMPLE)
    document = with_run(explore_module(load(sample, name=f"{SAMPLE}.mlir")))
    (FIXTURES / f"{SAMPLE}.json").write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
