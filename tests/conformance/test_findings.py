"""`docs/iree-findings.md` is true of the real tool, and ours does the same."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from iree_explorer.errors import ExplorerError
from iree_explorer.passes.pipeline import run_pipeline
from iree_explorer.syntax import parse, print_module
from tests.conformance import oracle

PAGE = Path(__file__).parents[2] / "docs" / "iree-findings.md"
FINDING = re.compile(
    r"^## \d+\. (?P<title>.+?)$.+?^Pipeline: `(?P<pipeline>[^`]+)`\n\n"
    r"```mlir\n(?P<program>.+?)```\n\n(?P<outcome>gives|is refused with)\n\n```(?:mlir)?\n(?P<lines>.+?)```",
    re.MULTILINE | re.DOTALL,
)
UNSTEADY = re.compile(
    r"^## Not the same from run to run$.+?```mlir\n(?P<program>.+?)```\n\n"
    r"gives\n\n```mlir\n(?P<one>.+?)```\n\nor\n\n```mlir\n(?P<other>.+?)```",
    re.MULTILINE | re.DOTALL,
)


class Finding(NamedTuple):
    title: str
    pipeline: str
    program: str
    outcome: str
    lines: str


FINDINGS = [
    Finding(*match.group("title", "pipeline", "program", "outcome", "lines"))
    for match in FINDING.finditer(PAGE.read_text())
]


def test_every_finding_of_the_page_is_tested() -> None:
    assert len(FINDINGS) == len(re.findall(r"^## \d+\.", PAGE.read_text(), re.MULTILINE)) > 0


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda finding: finding.title)
def test_both_tools_say_what_the_page_says(finding: Finding) -> None:
    real, messages = oracle.iree_opt(finding.program, f"--pass-pipeline={finding.pipeline}")
    module = parse(finding.program, "finding")
    if finding.outcome == "is refused with":
        assert real is None
        assert finding.lines.strip() in messages
        with pytest.raises(ExplorerError, match=re.escape(finding.lines.strip())):
            run_pipeline(module, finding.pipeline)
        return
    assert real is not None, messages
    run_pipeline(module, finding.pipeline)
    assert print_module(module.op).rstrip() == real.rstrip()
    printed = [line.strip() for line in real.splitlines()]
    assert [line for line in finding.lines.splitlines() if line.strip() not in printed] == []


def test_the_real_tool_prints_one_of_the_two_texts_of_the_page_and_so_do_we() -> None:
    found = UNSTEADY.search(PAGE.read_text())
    assert found is not None
    program, one, other = found.group("program", "one", "other")
    module = parse(program, "finding")
    run_pipeline(module, oracle.pipeline("execution"))
    ours = print_module(module.op)
    shown, unseen = (one, other) if one in ours else (other, one)
    assert ours.count(shown) == 1
    texts = {ours.rstrip(), ours.replace(shown, unseen).rstrip()}
    # Where addresses are not randomized, it is one of the two each time.
    assert {(oracle.schedule(program, "execution")[0] or "").rstrip() for _ in range(10)} <= texts
