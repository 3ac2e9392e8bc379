"""What the real compiler dumps with the README's command opens as the program that was compiled."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from iree_explorer.exploration import explore_module
from iree_explorer.frontends import load
from iree_explorer.frontends.dumps import lists_passes
from tests.conformance import oracle

README = (Path(__file__).parents[2] / "README.md").read_text()
FLAGS = [
    "",
    *(
        f"--mlir-{flag}"
        for flag in ("print-debuginfo", "print-op-generic", "print-local-scope", "print-unique-ssa-ids")
    ),
]
"""How people have the compiler print; what is printed otherwise opens all the same."""
PROGRAM = """
func.func @main(%a: tensor<8x32xf32>) -> tensor<8x32xf32> {
  %weights = arith.constant dense<WEIGHTS> : tensor<32x8xf32>
  %empty = tensor.empty() : tensor<8x32xf32>
  %turned = linalg.transpose ins(%weights : tensor<32x8xf32>) outs(%empty : tensor<8x32xf32>) permutation = [1, 0]
  %grown = math.exp %turned : tensor<8x32xf32>
  %sum = arith.addf %a, %grown : tensor<8x32xf32>
  return %sum : tensor<8x32xf32>
}
""".replace("WEIGHTS", str([[row * 8.0 + column for column in range(8)] for row in range(32)]))


@pytest.mark.parametrize("flag", FLAGS)
def test_the_command_of_the_readme_makes_a_file_that_opens_as_the_program(tmp_path: Path, flag: str) -> None:
    """The compiler warns about the CPU, and computes the weights by a program of its own, which it dumps first."""
    (command,) = re.findall(r"^    (iree-compile model\.mlir (?:.*\\\n)*.*)$", README, re.MULTILINE)
    (tmp_path / "model.mlir").write_text(PROGRAM)
    words = shlex.split(command.replace("\\\n", " "))
    assert words[-2:] == ["2>", "before.mlir"]
    process = subprocess.run(
        [oracle.tool(words[0]), *words[1:-2], *flag.split()], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "iree.consteval" in process.stderr
    assert ": warning: " in process.stderr
    assert not lists_passes(process.stderr)
    exploration = explore_module(load(process.stderr))
    assert [graph.function for graph in exploration.graphs] == ["initializer", "main"]
