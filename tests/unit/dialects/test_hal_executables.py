"""Attributes that a format knows the kind of may stand without their names."""

import pytest

from iree_explorer.syntax import print_module
from tests.unit.dialects.refusals import refusal
from tests.unit.dialects.test_programs import module

LAYOUT = "<bindings = [#hal.pipeline.binding<storage_buffer>]>"
PROGRAM = """hal.executable private @kernels {
  hal.executable.variant public @cpu target(TARGET) {
    hal.executable.export public @kernel layout(#hal.pipeline.layoutLAYOUT)
    builtin.module {
      func.func @kernel() {
        %0 = hal.interface.binding.subspan layout(NAMELAYOUT) binding(0) : memref<4xf32>
        return
      }
    }
  }
}
"""


def _program(target: str, layout: str) -> str:
    return PROGRAM.replace("TARGET", target).replace("NAME", layout).replace("LAYOUT", LAYOUT)


def test_names_may_be_left_out() -> None:
    short = print_module(module(_program('<"llvm-cpu", "elf">', "")))
    assert short == print_module(module(_program('#hal.executable.target<"llvm-cpu", "elf">', "#hal.pipeline.layout")))
    assert "target(#executable_target_elf)" in short
    assert "subspan layout(#pipeline_layout)" in short


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ("3", "expected '<'"),
        ('"llvm-cpu"', "expected '<'"),
        ('#hal.device.target<"local">', "custom op 'hal.executable.variant' invalid kind of attribute specified"),
    ],
)
def test_other_kinds_are_refused(other: str, words: str) -> None:
    _, message = refusal(_program(other, ""))
    assert words in message
