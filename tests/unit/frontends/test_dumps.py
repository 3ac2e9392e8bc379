import pytest

from iree_explorer import samples
from iree_explorer.errors import InputError, SourceError
from iree_explorer.frontends import load
from iree_explorer.frontends.dumps import has_dumps, lists_passes, read_dumps, schedulable

DUMPS = """warning: something was said first
// -----// IR Dump After CanonicalizerPass: canonicalize{max-iterations=3     top-down=true} //----- //
module {
  %0 = arith.constant 1 : i32
}


// -----// IR Dump After CSE (cse) ('builtin.module' operation) //----- //
module {
  %0 = arith.constant 2 : i32
}

// -----// IR Dump After SymbolDCE: symbol-dce //----- //
module {
  %0 = arith.constant 2 : i32
}

// -----// IR Dump After Inliner Failed (inline) ('func.func' operation: @f) //----- //
#map = affine_map<(d0) -> (d0)>
"func.func"() <{sym_name = "f"}> ({ @f
<<broken>>
"""


def test_dumps_of_old_and_new_compilers_are_told_apart() -> None:
    found = [(dump.name, dump.when, dump.anchor) for dump in read_dumps(DUMPS)]
    assert found == [
        ("before the first dump", "before", "other text"),
        ("canonicalize{max-iterations=3 top-down=true}", "after", "module"),
        ("cse", "after", "module"),
        ("symbol-dce", "after", "module"),
        ("inline", "failed", "func.func @f"),
    ]
    assert read_dumps(DUMPS)[2].lines == ["module {", "  %0 = arith.constant 2 : i32", "}"]


def test_nothing_is_left_out() -> None:
    texts = [dump.text for dump in read_dumps(DUMPS)]
    kept = "".join(line for line in DUMPS.splitlines(keepends=True) if not line.startswith("// -----//"))
    assert "".join(texts) == kept


@pytest.mark.parametrize("text", ["", "module {}", "// IR Dump After cse", "// -----// IR Dump"])
def test_other_texts_hold_none(text: str) -> None:
    assert not has_dumps(text)
    assert read_dumps(text) == ()
    assert schedulable(()) is None


def dumps_of(*named: tuple[str, str]) -> str:
    return "".join(f"// -----// IR Dump {name} //----- //\n{text}\n" for name, text in named)


PROGRAM = samples.diamond.text
FUNCTION = "util.func @other() {\n  util.return\n}\n"


def test_the_module_before_the_schedule_is_loaded_with_the_places_of_the_file() -> None:
    text = dumps_of(
        ("After Old: old", "module {\n}\n"),
        ("After Last: last", PROGRAM),
        ("After X: x", FUNCTION),
        ("After ScheduleExecutionPass: iree-stream-schedule-execution", FUNCTION),
        ("After Later: later", "module {\n}\n"),
    )
    module = load(text, name="dump.txt")
    assert module.source.command == "after last, of the dumps"
    assert len(module.op.body.ops) == len(load(PROGRAM).op.body.ops)
    first = next(iter(module.op.body.block.ops))
    place = module.location_of(first)
    assert place is not None
    assert text.splitlines()[place.line - 1].strip()


def test_a_dump_from_right_before_the_pass_is_best() -> None:
    text = dumps_of(
        ("After A: a", "module {\n}\n"), ("Before S: iree-stream-schedule-execution", PROGRAM), ("After B: b", FUNCTION)
    )
    assert load(text).source.command == "before iree-stream-schedule-execution, of the dumps"


CONSTANTS = "module attributes {iree.consteval} {\n  util.func public @jit_eval() {\n    util.return\n  }\n}\n"
NESTED = f"module {{\n  util.func private @main()\n{CONSTANTS}}}\n".replace("\nmodule", "\n  module").replace(
    "\n}\n}", "\n  }\n}"
)


def test_the_program_that_computes_constants_is_not_the_one_that_is_loaded() -> None:
    schedule = "iree-stream-schedule-execution"
    before = dumps_of((f"Before S: {schedule}", NESTED), (f"Before S: {schedule}", PROGRAM))
    after = dumps_of(
        ("After A: a", CONSTANTS),
        (f"After S: {schedule}", FUNCTION),
        ("After B: b", CONSTANTS),
        ("After C: c", PROGRAM),
        (f"After S: {schedule}", FUNCTION),
    )
    for text in (before, after):
        assert len(load(text).op.body.ops) == len(load(PROGRAM).op.body.ops)
    assert not lists_passes(before)
    assert lists_passes(after)


def test_dumps_without_a_module_are_refused_as_a_program() -> None:
    with pytest.raises(InputError, match=r"^d:1:1: error: no dump in this text is a module"):
        load(dumps_of(("After X: x", FUNCTION)), name="d")


SAID = """
m.mlir:7:8: warning: while creating CPU target:
Defaulting to targeting a generic CPU, in ways such as
    #hal.executable.target< ... , cpu="...", cpu_features="...">

  %1 = arith.mulf %0, %b : tensor<4x8xf32>
       ^
"""
LOCATIONS = '#loc = loc(unknown)\n#loc1 = loc("m.mlir":2:3)\n'
RESOURCES = """
{-#
  dialect_resources: {
    builtin: {
      weights: "0x04000000010203FF"
    }
  }
#-}
"""


@pytest.mark.parametrize("resources", ["", RESOURCES, LOCATIONS, LOCATIONS + RESOURCES])
def test_what_the_compiler_says_behind_a_dump_is_no_part_of_it(resources: str) -> None:
    """As the warning does that every program without a `--iree-llvmcpu-target-cpu` is compiled with."""
    text = dumps_of(("Before S: iree-stream-schedule-execution", PROGRAM + resources)) + SAID
    ir, said = read_dumps(text)
    assert (ir.anchor, ir.when) == ("module", "before")
    assert ir.text.rstrip() == (PROGRAM + resources).rstrip()
    assert (said.anchor, said.when, said.text.strip()) == ("other text", "said after", SAID.strip())
    assert not lists_passes(text)
    assert len(load(text).op.body.ops) == len(load(PROGRAM).op.body.ops)


def test_an_error_tells_the_line_of_the_dumps() -> None:
    text = dumps_of(("After A: a", "module {\n  broken here\n}\n"))
    with pytest.raises(SourceError) as error:
        load(text, name="d")
    assert str(error.value).startswith("d:3:3: error:")


def test_the_module_before_its_schedule_alone_is_no_list_of_passes() -> None:
    before = dumps_of(("Before S: iree-stream-schedule-execution", samples.diamond.text))
    assert not lists_passes(before)
    assert not lists_passes("a warning\n" + before)
    assert not lists_passes(before + before)
    assert lists_passes(before + dumps_of(("After S: iree-stream-schedule-execution", FUNCTION)))
    assert lists_passes(dumps_of(("After S: iree-stream-schedule-execution", samples.diamond.text)))
    assert lists_passes(dumps_of(("After A: a", FUNCTION)))
    assert not lists_passes(samples.diamond.text)
