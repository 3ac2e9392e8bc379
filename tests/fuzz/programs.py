"""What the fuzzer starts from: our samples, generated programs; where they are asked for, IREE's tests and those of a folder."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from iree_explorer import samples
from iree_explorer.errors import ExplorerError
from iree_explorer.syntax import parse, print_module
from tests.conformance.generator import program
from tests.lit.corpus import chunks

LONGEST = 9_000
"""Characters: a mutant takes time in proportion."""
GENERATED = 40
_UNREADABLE = "#stream.partitioning_config<"
"""What iree-opt prints in a form that it does not read."""

WRITTEN = (
    (
        '"builtin.module"() ({\n'
        '  "util.func"() <{sym_name = "f", function_type = (index) -> index, sym_visibility = "public"}> ({\n'
        "  ^bb0(%a: index):\n"
        '    %0:2 = "arith.addui_extended"(%a, %a) : (index, index) -> (index, i1)\n'
        '    "cf.cond_br"(%0#1, %0#0, %a)[^bb1, ^bb1] <{operandSegmentSizes = array<i32: 1, 1, 1>}> : (i1, index, index) -> ()\n'
        "  ^bb1(%b: index):\n"
        '    "util.return"(%b) : (index) -> ()\n'
        "  }) : () -> ()\n"
        "}) : () -> ()\n"
    ),
    (
        "#map = affine_map<(d0)[s0] -> (d0 + s0 floordiv 4)>\n"
        "#loc = loc(unknown)\n"
        "!res = !stream.resource<transient>\n"
        'util.func private @g(%n: index, %s: !util.buffer) -> (index, !res) attributes {a = #map, "b c" = [1 : i8, 2.5e0 : f32, unit]} {\n'
        "  %c0 = arith.constant 0 : index\n"
        "  %i = arith.constant -0x10 : index\n"
        "  %v = arith.constant dense<[[1.0, -2.0], [0x7FC00000, 4.0]]> : tensor<2x2xf32>\n"
        '  %t = util.string.format "a{}\\22\\n"(%n) : (index) -> !util.buffer\n'
        "  %e:2 = stream.resource.alloca uninitialized : !res{%n} => !stream.timepoint\n"
        "  util.return %c0, %e#0 : index, !res loc(#loc)\n"
        "}\n"
    ),
    (
        "util.func @h(%c: i1, %n: index, %r: !stream.resource<external>) -> index {\n"
        "  %0 = scf.if %c -> (index) {\n    scf.yield %n : index\n  } else {\n"
        "    %1 = arith.muli %n, %n {x} : index\n    scf.yield %1 : index\n  }\n"
        "  %2:2 = scf.while (%x = %0, %y = %n) : (index, index) -> (index, index) {\n"
        "    scf.condition(%c) %x, %y : index, index\n  } do {\n  ^bb0(%x: index, %y: index):\n"
        "    scf.yield %y, %x : index, index\n  }\n  cf.br ^bb1(%2#1 : index)\n^bb1(%z: index):\n  util.return %z : index\n}\n"
    ),
)
"""Programs in forms that the others do not have."""


@cache
def pool() -> tuple[str, ...]:
    """The programs, always in the same order; none is much longer than `LONGEST`."""
    named = [sample.text for sample in samples.ALL]
    generated = [program(seed) for seed in range(GENERATED)]
    return tuple(text for text in (*WRITTEN * 8, *named, *generated) if len(text) <= LONGEST)


def programs_in(folder: Path) -> list[str]:
    """The programs of a folder, by name, but for long ones."""
    texts = [path.read_text() for path in sorted(folder.glob("*.mlir"))]
    return [text for text in texts if len(text) <= LONGEST]


def lit_programs(repository: Path, folders: Sequence[str]) -> list[str]:
    """The programs of IREE's own tests below folders of its repository, but for those that say that they are refused."""
    texts = [chunk.text for folder in folders for chunk in chunks(repository, folder)]
    return [text for text in texts if "expected-error" not in text and len(text) <= LONGEST]


@cache
def in_both_forms(text: str) -> tuple[str, ...]:
    """A program as it stands, and in the generic form where the real tool reads what it prints; empty: it cannot be read."""
    try:
        generic = print_module(parse(text).op, generic=True)
    except ExplorerError:
        return ()
    return (text,) if _UNREADABLE in generic else (text, generic)
