"""Pipelines as text, what runs on which operation in which order, and what is said of those that are wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import pytest
from typing_extensions import override
from xdsl.dialects.arith import AddiOp
from xdsl.dialects.builtin import IntegerAttr, StringAttr
from xdsl.ir import Operation

from iree_explorer import syntax
from iree_explorer.dialects.arith.constant import ConstantOp
from iree_explorer.dialects.func import FuncOp
from iree_explorer.errors import InputError, PassError, SourceError
from iree_explorer.passes import pipeline as pipelines
from iree_explorer.passes.operation_pass import OperationPass, PassRun
from iree_explorer.passes.pipeline import parse_pipeline, run_pipeline

LOG: list[str] = []


@dataclass(frozen=True)
class First(OperationPass):
    name = "first"
    class_name = "FirstPass"

    count: int = 1
    loud: bool = False
    word: str = ""

    @override
    def apply(self, op: Operation, run: PassRun) -> None:
        _log(self, op)


@dataclass(frozen=True)
class Second(First):
    name = "second"
    class_name = "SecondPass"


@dataclass(frozen=True)
class ForFunctions(First):
    name = "for-functions"
    class_name = "ForFunctionsPass"
    interface: ClassVar[type[Operation]] = FuncOp


@dataclass(frozen=True)
class Breaks(OperationPass):
    """Makes an op that uses itself."""

    name = "breaks"
    class_name = "BreaksPass"

    @override
    def apply(self, op: Operation, run: PassRun) -> None:
        block = op.regions[0].blocks[0]
        first = block.first_op
        assert isinstance(first, ConstantOp)
        new = AddiOp(first.result, first.result)
        new.operands = (new.result, first.result)
        block.insert_op_after(new, first)
        run.made.append(new)


def _log(made: OperationPass, op: Operation) -> None:
    symbol = op.get_attr_or_prop("sym_name")
    LOG.append(f"{made.name} {symbol.data if isinstance(symbol, StringAttr) else op.name}")


@pytest.fixture(autouse=True)
def _table(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    table = {each.name: (__name__, each.__name__) for each in (First, Second, ForFunctions, Breaks)}
    monkeypatch.setattr(pipelines, "PASSES", {**pipelines.PASSES, **table})
    LOG.clear()
    yield
    LOG.clear()


PROGRAM = """
util.func private @a() { util.return }
func.func private @b() { return }
module @inner {
  func.func private @c() { return }
}
util.func private @d() { util.return }
"""


def _run(text: str) -> list[str]:
    run_pipeline(syntax.parse(PROGRAM), text)
    return list(LOG)


def test_passes_of_neighbouring_anchors_share_one_walk() -> None:
    text = "builtin.module(util.func(first,second),func.func(first),util.func(second))"
    assert _run(text) == [
        "first a", "second a", "second a",
        "first b",
        "first d", "second d", "second d",
    ]  # fmt: skip


def test_a_pass_between_anchors_parts_their_walks() -> None:
    text = "builtin.module(util.func(first),second,util.func(first))"
    assert _run(text) == ["first a", "first d", "second builtin.module", "first a", "first d"]


def test_only_operations_directly_inside() -> None:
    assert _run("builtin.module(func.func(first))") == ["first b"]
    LOG.clear()
    assert _run("builtin.module(builtin.module(func.func(first)))") == ["first c"]


def test_any_takes_what_no_other_anchor_does() -> None:
    text = "builtin.module(any(first),util.func(second))"
    expected = sorted(["first a", "first b", "first inner", "first d", "second a", "second d"])
    assert sorted(_run(text)) == expected


def test_empty() -> None:
    assert _run("builtin.module()") == []
    assert _run(" builtin.module( ) ") == []


def test_options() -> None:
    (item,) = parse_pipeline("builtin.module(first{count=3 loud word={two words}})").items
    assert item == First(count=3, loud=True, word="two words")
    (item,) = parse_pipeline("builtin.module(first{loud=false})").items
    assert item == First()


def test_spaces() -> None:
    assert parse_pipeline("builtin.module( func.func( first , second ) )") == parse_pipeline(
        "builtin.module(func.func(first,second))"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("first", "expected pass pipeline to be wrapped with the anchor operation type, e.g. 'builtin.module(...)'"),
        (
            "builtin.module(nothing)",
            "<pass-pipeline>:1:16: error: 'nothing' does not refer to a registered pass or pass pipeline",
        ),
        (
            "builtin.module(func.func(first)",
            "<pass-pipeline>:1:16: error: encountered unbalanced parentheses while parsing pipeline",
        ),
        (
            "builtin.module(first))",
            (
                "<pass-pipeline>:1:21: error: "
                "encountered extra closing ')' creating unbalanced parentheses while parsing pipeline"
            ),
        ),
        (
            "builtin.module(first{count=1)",
            "<pass-pipeline>:1:21: error: missing closing '}' while processing pass options",
        ),
        ("builtin.module(first{} first)", "<pass-pipeline>:1:24: error: expected ',' after parsing pipeline"),
    ],
)
def test_bad_text(text: str, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        parse_pipeline(text)
    assert str(caught.value).removeprefix("error: ") == message


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("builtin.module(first{size=1})", "no such option size"),
        ("builtin.module(first{count=one})", "for the --count option: 'one' value invalid"),
        ("builtin.module(first{loud=maybe})", "for the --loud option: 'maybe' value invalid"),
        ("builtin.module(for-functions)", "unable to schedule pass 'ForFunctionsPass' on a PassManager"),
        ("builtin.module(canonicalize{region-simplify=hard})", "Cannot find option named 'hard'"),
    ],
)
def test_bad_options(text: str, part: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_pipeline(text)
    assert part in str(caught.value)


def test_wrong_anchor_of_the_whole() -> None:
    with pytest.raises(PassError, match=r"can't run 'func\.func' pass manager on 'builtin\.module' op"):
        _run("func.func(first)")


def test_made_ops_are_verified() -> None:
    text = "func.func @f() {\n  %c = arith.constant 1 : i32\n  return\n}"
    module = syntax.parse(text, "in.mlir")
    with pytest.raises(SourceError, match="operand #0 does not dominate this use"):
        run_pipeline(module, "builtin.module(func.func(breaks))")
    run_pipeline(syntax.parse(text), "builtin.module(func.func(breaks))", verify=False)


@pytest.mark.parametrize("name", pipelines.PASSES)
def test_table_names_classes_of_these_names(name: str) -> None:
    (anchored,) = parse_pipeline(f"builtin.module(util.func({name}))").items
    assert isinstance(anchored, pipelines.Pipeline)
    (item,) = anchored.items
    assert isinstance(item, OperationPass)
    assert item.name == name


ONE_AND_A_CONSTANT = """util.func public @f(%n: index, %i: i32) -> (!stream.resource<*>, !stream.resource<constant>) {
  %r:2, %tp = stream.async.execute with() -> (!stream.resource<*>{%n}, !stream.resource<constant>{%n}) {
    FIRST
    SECOND
    stream.yield %0, %1 : !stream.resource<*>{%n}, !stream.resource<constant>{%n}
  } => !stream.timepoint
  %w:2 = stream.timepoint.await %tp => %r#0, %r#1 : !stream.resource<*>{%n}, !stream.resource<constant>{%n}
  util.return %w#0, %w#1 : !stream.resource<*>, !stream.resource<constant>
}
"""
SPLAT = "%0 = stream.async.splat %i : i32 -> !stream.resource<*>{%n}"
CONSTANT = "%1 = stream.tensor.constant : tensor<4x8xi32> in !stream.resource<constant> = dense<2> : tensor<4x8xi32>"
"""Its size is told nowhere: what yields it is not valid."""


@pytest.mark.parametrize(("first", "second"), [(SPLAT, CONSTANT), (CONSTANT, SPLAT)])
def test_an_error_in_a_wave_points_at_the_last_of_its_ops(first: str, second: str) -> None:
    text = ONE_AND_A_CONSTANT.replace("FIRST", first).replace("SECOND", second)
    with pytest.raises(PassError, match=r"^f\.mlir:4:10: error: 'stream.yield' op result size mismatch$"):
        run_pipeline(syntax.parse(text, "f.mlir"), "builtin.module(util.func(iree-stream-schedule-concurrency))")


def test_an_error_of_the_clean_up_points_at_what_was_rewritten() -> None:
    text = """util.func public @f(%n: index) -> !stream.resource<constant> {
  %0 = stream.async.constant : !stream.resource<constant>{%n} = dense<3> : tensor<8xi4>
  util.return %0 : !stream.resource<constant>
}
"""
    with pytest.raises(PassError, match=r"^f\.mlir:2:8: error: 'stream.async.splat' op operand #0 must be"):
        run_pipeline(syntax.parse(text, "f.mlir"), "builtin.module(canonicalize)")


def test_an_error_in_an_execution_region_points_into_it() -> None:
    text = f"""util.func public @f(%n: index, %c: i1) -> !stream.resource<constant> {{
  {CONSTANT}
  cf.assert %c, "c"
  %2 = stream.async.clone %1 : !stream.resource<constant>{{%n}} -> !stream.resource<constant>{{%n}}
  util.return %2 : !stream.resource<constant>
}}
"""
    with pytest.raises(PassError, match=r"^f\.mlir:2:8: error: 'stream.yield' op result size mismatch$"):
        run_pipeline(syntax.parse(text, "f.mlir"), "builtin.module(util.func(iree-stream-schedule-execution))")


def test_an_op_that_was_made_from_itself_has_the_place_of_the_op_around_it() -> None:
    module = syntax.parse("func.func @f() {\n  return\n}", "in.mlir")
    function = next(op for op in module.op.walk() if isinstance(op, FuncOp))
    block = function.body.block
    made = ConstantOp(IntegerAttr(1, 32))
    assert block.first_op is not None
    block.insert_op_before(made, block.first_op)
    run = PassRun(module, origins=[lambda: [(made, made)]])
    assert str(run.location_of(made)) == "in.mlir:1:1"
