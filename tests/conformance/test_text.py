"""What our passes print is what `iree-opt` prints, byte for byte (newlines at the very end aside)."""

import os
from pathlib import Path

import pytest

from iree_explorer import samples
from iree_explorer.errors import PassError
from iree_explorer.passes.pipeline import run_pipeline
from iree_explorer.syntax import parse, print_module
from tests.conformance import oracle

CORPUS = Path(os.environ.get("IREE_EXPLORER_CORPUS", Path(__file__).parents[3] / "shared" / "corpus" / "e2e"))
"""Programs of IREE's end-to-end suite (`pre`), after the first pass (`exec`) and after both (`oracle`); not in this repository."""

EXPECTED = {"both": "oracle", "execution": "exec"}


def ours(text: str, name: str, passes: str) -> str:
    module = parse(text, name, allow_unregistered=True)
    run_pipeline(module, oracle.pipeline(passes))
    return print_module(module.op).rstrip("\n")


@pytest.mark.parametrize("passes", ["both", "execution", "concurrency", "none"])
@pytest.mark.parametrize("sample", samples.ALL, ids=lambda sample: sample.name)
def test_samples_print_as_the_real_tool_prints_them(sample: samples.Sample, passes: str) -> None:
    expected, messages = oracle.schedule(sample.text, passes)
    if sample.name == "circle" and passes in ("both", "execution"):
        assert "circular dependency" in messages
        with pytest.raises(PassError, match="circular dependency"):
            ours(sample.text, sample.name, passes)
        return
    assert expected is not None, messages
    assert ours(sample.text, sample.name, passes) == expected.rstrip("\n")


@pytest.mark.parametrize("path", sorted(CORPUS.glob("pre/*.mlir")), ids=lambda path: path.stem)
def test_end_to_end_suite_prints_as_the_real_tool_prints_it(path: Path) -> None:
    text = path.read_text()
    for passes, folder in EXPECTED.items():
        assert ours(text, path.name, passes) == (CORPUS / folder / path.name).read_text().rstrip("\n"), passes


CLEAN_UPS = ("canonicalize", "cse")


@pytest.mark.parametrize("path", sorted(CORPUS.glob("pre/*.mlir")), ids=lambda path: path.stem)
def test_clean_up_alone_prints_as_the_real_tool_prints_it(path: Path) -> None:
    """Real programs are clean before the passes, but for names and order; after the first pass there is more to fold."""
    for folder in ("pre", "exec"):
        text = (CORPUS / folder / path.name).read_text()
        for name in CLEAN_UPS:
            pipeline = f"builtin.module({name})"
            expected, messages = oracle.iree_opt(text, f"--pass-pipeline={pipeline}")
            if expected is None:  # IREE bug: it does not read what it prints, an `atol` left out
                assert "expected 'atol'" in messages
                continue
            module = parse(text, path.name)
            run_pipeline(module, pipeline)
            assert print_module(module.op).rstrip("\n") == expected.rstrip("\n"), (folder, name)
