import pytest
from hypothesis import given
from hypothesis import strategies as st
from xdsl.dialects.builtin import IntegerType
from xdsl.traits import Commutative

from iree_explorer.dialects import arith, make_context
from iree_explorer.dialects.arith import integers
from iree_explorer.ir.interfaces.effects import is_memory_effect_free, is_speculatable
from iree_explorer.syntax import parse, print_module
from tests.unit.dialects.texts import assert_round_trips, error_of, function

SHAPES = ("{}", "tensor<4x{}>", "tensor<?x{}>", "vector<2x{}>")
INT_OPS = (
    "addi", "subi", "muli", "divsi", "divui", "ceildivsi", "ceildivui", "floordivsi", "remsi", "remui", "andi", "ori",
    "xori", "shli", "shrsi", "shrui", "maxsi", "maxui", "minsi", "minui",
)  # fmt: skip
FLOAT_OPS = ("addf", "subf", "mulf", "divf", "remf", "maximumf", "maxnumf", "minimumf", "minnumf")
COMMUTATIVE = {
    "addi", "muli", "andi", "ori", "xori", "maxsi", "maxui", "minsi", "minui", "addf", "mulf", "maximumf", "maxnumf",
    "minimumf", "minnumf", "addui_extended", "mulsi_extended", "mului_extended",
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", INT_OPS)
def test_integer_ops_on_scalars_tensors_and_vectors(name: str, shape: str) -> None:
    for element in ("i1", "i32", "i64", "index"):
        type_ = shape.format(element)
        assert_round_trips(f"%0 = arith.{name} %arg0, %arg0 : {type_}", type_)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", FLOAT_OPS)
def test_float_ops_on_scalars_tensors_and_vectors(name: str, shape: str) -> None:
    for element in ("f16", "bf16", "f32", "f64", "f8E4M3FN"):
        type_ = shape.format(element)
        assert_round_trips(f"%0 = arith.{name} %arg0, %arg0 : {type_}", type_)


FLAGGED = """\
%0 = arith.addi %arg0, %arg0 overflow<nsw> : i32
%1 = arith.muli %arg0, %arg0 overflow<nsw, nuw> {x = 1 : i32} : i32
%2 = arith.divui %arg0, %arg0 exact : i32
%3 = arith.shrsi %arg0, %arg0 exact : i32
%4 = arith.extui %arg0 nneg : i32 to i64
%5 = arith.trunci %arg0 overflow<nuw> : i32 to i16
%6 = arith.index_castui %arg0 nneg : i32 to index
%7 = arith.uitofp %arg0 nneg : i32 to f32
%8 = arith.addf %arg1, %arg1 fastmath<nnan,ninf,contract> : f32
%9 = arith.truncf %arg1 to_nearest_even fastmath<fast> : f32 to bf16
%10 = arith.cmpf ogt, %arg1, %arg1 fastmath<nnan> {y} : f32
%11 = arith.convertf %arg3 upward : f16 to bf16
%12 = arith.scaling_truncf %arg1, %arg2 toward_zero fastmath<nnan> : f32, f8E8M0FNU to f4E2M1FN
%13 = arith.scaling_extf %12, %arg2 : f4E2M1FN, f8E8M0FNU to f32
%14 = arith.negf %arg1 fastmath<afn> : f32
%sum, %overflow = arith.addui_extended %arg0, %arg0 : i32, i1
%low, %high = arith.mulsi_extended %arg0, %arg0 : i32"""


def test_flags_and_rounding_modes() -> None:
    assert_round_trips(FLAGGED, "i32; f32; f8E8M0FNU; f16")


def test_constants_are_named_after_their_values() -> None:
    assert_round_trips(
        "%c4 = arith.constant 4 : index\n%c-1_i8 = arith.constant -1 : i8\n%c4_0 = arith.constant 4 : index\n"
        "%true = arith.constant true\n%false = arith.constant false\n%cst = arith.constant 5.000000e-01 : f32\n"
        "%cst_1 = arith.constant dense<[1, 2]> : tensor<2xi32>\n%c7_i32 = arith.constant {foo} 7 : i32"
    )


def test_comparisons_and_selection_of_whole_tensors() -> None:
    assert_round_trips(
        "%0 = arith.cmpi slt, %arg0, %arg0 : tensor<4xi32>\n"
        "%1 = arith.select %0, %arg0, %arg0 : tensor<4xi1>, tensor<4xi32>\n"
        "%2 = arith.cmpf une, %arg1, %arg1 : vector<2xf32>\n"
        "%3 = arith.select %arg2, %arg0, %arg0 : tensor<4xi32>\n"
        "%4 = arith.bitcast %arg0 : tensor<4xi32> to tensor<4xf32>",
        "tensor<4xi32>; vector<2xf32>; i1",
    )


@given(source=st.integers(1, 128), target=st.integers(1, 128))
def test_integers_only_grow_or_shrink(source: int, target: int) -> None:
    for name, allowed in (("extsi", source < target), ("extui", source < target), ("trunci", source > target)):
        cast = f"%0 = arith.{name} %arg0 : i{source} to i{target}"
        if allowed:
            assert_round_trips(cast, f"i{source}")
        else:
            message = f"'arith.{name}' op operand type 'i{source}' and result type 'i{target}' are cast incompatible"
            assert error_of(cast, f"i{source}") == message


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("%0 = arith.addi %arg1, %arg1 : f32", "must be signless-non-zero-bitwidth-integer-like, but got 'f32'"),
        ("%0 = arith.addf %arg0, %arg0 : i32", "must be floating-point-like, but got 'i32'"),
        (
            "%0 = arith.trunci %arg2 : tensor<4xi32> to tensor<5xi16>",
            "input and output have the same tensor dimensions",
        ),
        ("%0 = arith.bitcast %arg1 : f32 to i64", "operand type 'f32' and result type 'i64' are cast incompatible"),
        ("%0 = arith.index_cast %arg0 : i32 to i64", "operand type 'i32' and result type 'i64' are cast incompatible"),
        ("%0 = arith.truncf %arg1 : f32 to f64", "operand type 'f32' and result type 'f64' are cast incompatible"),
        ("%0 = arith.select %arg3, %arg1, %arg1 : tensor<4xi1>, f32", "condition is signless i1 or has matching shape"),
        (
            '%0 = "arith.cmpi"(%arg0, %arg0) <{predicate = 2 : i64}> : (i32, i32) -> i32',
            "result #0 must be bool-like, but got 'i32'",
        ),
        ("%0 = arith.extui %arg1 : f32 to i64", "must be signless-fixed-width-integer-like, but got 'f32'"),
        ("%0 = arith.fptosi %arg1 : f32 to i0", "must be signless-fixed-width-integer-like, but got 'i0'"),
        ("%0 = arith.muli %arg4, %arg4 : i0", "must be signless-non-zero-bitwidth-integer-like, but got 'i0'"),
        (
            "%0 = arith.index_cast %arg4 : i0 to index",
            "must be signless-non-zero-bitwidth-integer-like or memref of signless-integer, but got 'i0'",
        ),
        (
            "%0 = arith.bitcast %arg5 : index to i64",
            (
                "must be non-zero-bitwidth-signless-integer-or-float-like or memref of non-zero-bitwidth signless integer or "
                "float, but got 'index'"
            ),
        ),
    ],
)
def test_wrong_types_are_refused(body: str, message: str) -> None:
    assert message in error_of(body, "i32; f32; tensor<4xi32>; tensor<4xi1>; i0; index")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            "%0 = arith.cmpi less, %arg0, %arg0 : i32",
            (
                "custom op 'arith.cmpi' expected string or keyword containing one of the following enum values for attribute "
                "'predicate' [eq, ne, slt, sle, sgt, sge, ult, ule, ugt, uge]"
            ),
        ),
        (
            '%0 = arith.cmpi "less", %arg0, %arg0 : i32',
            "custom op 'arith.cmpi' invalid predicate attribute specification: \"less\"",
        ),
        (
            '%0 = arith.truncf %arg1 "up" : f32 to f16',
            "custom op 'arith.truncf' invalid roundingmode attribute specification: \"up\"",
        ),
    ],
)
def test_words_of_enumerations_that_do_not_exist_are_refused(body: str, message: str) -> None:
    assert error_of(body, "i32; f32") == message


def test_words_of_enumerations_may_be_strings() -> None:
    def printed(predicate: str) -> str:
        return print_module(parse(function(f"%0 = arith.cmpi {predicate}, %arg0, %arg0 : i32", "i32")).op)

    assert printed('"slt"') == printed("slt")


def test_commutativity_and_effects_of_all_ops() -> None:
    for op in arith.Arith.operations:
        mnemonic = op.name.removeprefix("arith.")
        assert op.has_trait(Commutative) == (mnemonic in COMMUTATIVE), mnemonic
    module = parse(function(FLAGGED, "i32; f32; f8E8M0FNU; f16")).op
    body = next(op for op in module.walk() if op.name == "func.func").regions[0].block
    assert all(is_memory_effect_free(op) for op in body.ops)


@pytest.mark.parametrize(
    ("name", "divisor", "safe"),
    [("divsi", 0, False), ("divsi", -1, False), ("divsi", 3, True), ("divui", 0, False), ("divui", -1, True)],
)
def test_divisions_may_move_if_the_divisor_is_harmless(name: str, divisor: int, safe: bool) -> None:
    text = function(f"%0 = arith.constant {divisor} : i32\n%1 = arith.{name} %arg0, %0 : i32", "i32")
    division = next(op for op in parse(text).op.walk() if op.name == f"arith.{name}")
    assert is_speculatable(division) == safe


def test_a_division_by_an_unknown_number_may_not_move() -> None:
    module = parse(function("%0 = arith.divsi %arg0, %arg0 : i32", "i32")).op
    division = next(op for op in module.walk() if op.name == "arith.divsi")
    assert not is_speculatable(division)
    assert is_memory_effect_free(division)


def test_the_context_knows_the_ops_of_the_dialect() -> None:
    assert make_context().get_optional_op("arith.addi") is integers.AddIOp
    assert issubclass(integers.AddIOp, integers.IntBinaryOp)
    assert isinstance(IntegerType(1), IntegerType)


def test_products_with_vscale_are_called_after_their_factor() -> None:
    body = (
        "%c8 = arith.constant 8 : index\n%c3_i64 = arith.constant 3 : i64\n%vscale = vector.vscale\n"
        "%c8_vscale = arith.muli %vscale, %c8 : index\n%c8_vscale_0 = arith.muli %c8, %vscale : index\n"
        "%0 = arith.muli %vscale, %vscale : index\n%1 = arith.muli %c3_i64, %c3_i64 : i64"
    )
    assert_round_trips(body, "i32")
