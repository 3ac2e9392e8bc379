"""Documents for the front end's own tests, made by the passes: `python -m tests.unit.exploration.fixtures [--big N FILE]`.

Without arguments it writes the documents of `SAMPLES` beside the front end's other fixtures, and to `NAME.answers.json` how `why_not`
answers for each two of their ops; with `--big`, the document of one function of N dispatches to FILE.
"""

import argparse
import json
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import iree_explorer.widgets
from bench.programs import dispatches
from iree_explorer.exploration import Exploration, explore_module
from iree_explorer.exploration.running.runs import run_json
from iree_explorer.frontends import load
from iree_explorer.samples import ALL
from iree_explorer.syntax import parse

_BEFORE_VERB = re.compile(r"^.*?\b(?=(?:are|share|stand) )")
FIXTURES = Path(iree_explorer.widgets.__file__).parent / "frontend" / "test" / "fixtures"
SAMPLES = ("round_trip", "blocks", "tied_hazard")


def with_run(exploration: Exploration) -> dict[str, Any]:
    """The document, with a run of the first function that can be run."""
    function = exploration.document["functions"][0]["name"]
    return {**exploration.document, "run": run_json(exploration, function, workers=2)}


def verdicts(exploration: Exploration) -> dict[str, list[str]]:
    """Two ops (`12 15`) → what `why_not` finds of them, without their names and the reasons: `are both in partition 0`."""
    ops = sorted({node.op for graph in exploration.graphs for node in graph.nodes if node.region >= 0})
    found: dict[str, list[str]] = {}
    for first, second in combinations(ops, 2):
        lines = exploration.why_not(first, second).splitlines()
        found[f"{first} {second}"] = [_BEFORE_VERB.sub("", line) for line in lines if not line.startswith(" ")]
    return found


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
    for name in SAMPLES:
        sample = next(sample for sample in ALL if sample.name == name)
        exploration = explore_module(load(sample, name=f"{name}.mlir"))
        document = with_run(exploration) if name == SAMPLES[0] else exploration.document
        (FIXTURES / f"{name}.json").write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")
        answers = json.dumps(verdicts(exploration), indent=1, ensure_ascii=False)
        (FIXTURES / f"{name}.answers.json").write_text(answers + "\n")


if __name__ == "__main__":
    main()
