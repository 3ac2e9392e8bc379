"""What is wrong in a text is found at its place, in the real parser's words where these are facts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.errors import Location, SourceError
from iree_explorer.syntax import parse, print_module

FUNCTION = "func.func @f(%c: i1) {\n  %s\n  return\n}"
BLOCK = 'func.func @f(%c: i1) {\n  cf.br ^bb1\n^bb1(%s):\n  cf.assert %x, ""\n  return\n}'
LOOP = "func.func @f(%c: index) {\n  scf.for %s to %c step %c { math.absi %i : index }\n  return\n}"

ERRORS = [
    ("module {", 1, 7, "expected operation name in quotes"),
    ("func.func @f(%c: i1) {\n  return\n", 2, 9, "expected operation name in quotes"),
    ("`", 1, 1, "unexpected character"),
    ("func.func @f(%c: i1) {\n  %0 = arith.addi %c, %d : i1\n  return\n}", 2, 23, "use of undeclared SSA value name"),
    ("func.func @f(%c: i1) {\n  %c = arith.addi %c, %c : i1\n  return\n}", 2, 3, "redefinition of SSA value '%c'"),
    (
        "func.func @f(%c: i1) {\n  %0 = arith.addi %c, %c : i32\n  return\n}",
        *(2, 19, "use of value '%c' expects different type than prior uses: 'i32' vs 'i1'"),
    ),
    ("func.func @f(%c: i1) {\n  %0 = arith.addx %c : i1\n  return\n}", 2, 8, "custom op 'arith.addx' is unknown"),
    ("func.func @f(%c: i1) {\n  addx %c\n  return\n}", 2, 3, "custom op 'addx' is unknown (tried 'func.addx' as well)"),
    ("func.func @f(%c: i1) {\n  foo.addx %c\n  return\n}", 2, 3, "Dialect `foo' not found for custom op 'foo.addx'"),
    ("module {\n  vm.module @m {}\n}", 2, 3, "ops of 'vm' such as 'vm.module' are not read here: they come after"),
    (
        "module {\n  transform.yield\n}",
        2,
        3,
        "ops of 'transform' such as 'transform.yield' are not read here: except in",
    ),
    ("func.func @f(%c: i1) {\n  cf.br ^bb3\n}", 2, 9, "reference to an undefined block"),
    ("func.func @f() {\n^a:\n  return\n^a:\n  return\n}", 4, 1, "redefinition of block '^a'"),
    (
        'func.func @f() {\n  %0:2 = "x.y"() : () -> i1\n  return\n}',
        *(2, 3, "operation defines 1 results but was provided 2 to bind"),
    ),
    (
        'func.func @f() {\n  %0:2 = "x.y"() : () -> (i1, i1)\n  "x.y"(%0#2) : (i1) -> ()\n  return\n}',
        *(3, 9, "reference to invalid result number"),
    ),
    (FUNCTION.replace("%s", "%0 = arith.addi %c, %c#x : i1"), 2, 25, "invalid SSA value result number"),
    (FUNCTION.replace("%s", "%0 = arith.addi %c, %c#4294967296 : i1"), 2, 25, "invalid SSA value result number"),
    ("func.func @f(%c#0: i1) {\n  return\n}", 1, 16, "result number not allowed in argument list"),
    (BLOCK.replace("%s", "%x#1: i1"), 4, 13, "use of undeclared SSA value name"),
    (BLOCK.replace("%s", "%x#1: i1, %x#1: i1"), 3, 16, "redefinition of SSA value '%x'"),
    (BLOCK.replace("%s", "%c#1: i1"), 4, 13, "use of undeclared SSA value name"),
    (BLOCK.replace("%s", "%x: i1").replace("%x,", "%x#1,"), 4, 13, "reference to invalid result number"),
    (LOOP.replace("%s", "%i#1 = %c"), 2, 47, "use of undeclared SSA value name"),
    (LOOP.replace("%s", "%c#0 = %c"), 2, 11, "region entry argument '%c' is already in use"),
    (
        '"x.y"() ({\n  "x.y"(%x#1) : (i1) -> ()\n  %x = "x.y"() : () -> i1\n}) : () -> ()',
        *(2, 9, "use of undeclared SSA value name"),
    ),
    (
        '"x.y"() ({\n^a(%x#1: i1):\n  %x:2 = "x.y"() : () -> (i1, i1)\n}) : () -> ()',
        *(3, 3, "redefinition of SSA value '%x'"),
    ),
    ("func.func @f(%c: i1) {\n  addx \u00e9\n  return\n}", 2, 8, "unexpected character"),
    ('"a.b"() {x = #map} : () -> ()\n#map = affine_map<() -> ()>', 1, 18, "undefined symbol alias id 'map'"),
    ("#m = unit\n#m = unit\nmodule {}", 2, 1, "redefinition of attribute alias id 'm'"),
    ("!m = i1\n!m = i1\nmodule {}", 2, 1, "redefinition of type alias id 'm'"),
    ("!m.n = i1", 1, 1, "type names with a '.' are reserved for dialect-defined names"),
    ('"a\\00.b"() : () -> ()', 1, 1, "null character not allowed in operation name"),
    ('""() : () -> ()', 1, 1, "empty operation name is invalid"),
    ('"a.b"() <{x}( : () -> ()', 1, 13, "expected '>' to close properties"),
    ('"a.b"() {x = !stream.\n} : () -> ()', 2, 1, "expected valid keyword"),
    ('"a.b"() {x = affine_map<() -> (9223372036854775809)>} : () -> ()', 1, 32, "constant too large for index"),
    ("func.func private @f() loc(#l)", 1, 28, "operation location alias was never defined"),
    ("func.func private @f() loc(#l)\n#l = 1", 1, 28, "expected location, but found '1 : i64'"),
    ('func.func private @f() loc(fused["a", #l])\n#l = loc("b")', 1, 41, "undefined symbol alias id 'l'"),
    ('"a.b"(){x = dense<1.5> : tensor<2xf80>} : () -> ()', 1, 26, "dense elements of type f80 are not supported"),
    ('"a.b"(){x = dense<"0x00"> : tensor<2xi128>} : () -> ()', 1, 29, "dense elements of type i128 are not supported"),
    ("memref.global @g : memref<2xf128> = dense<1.5>", 1, 43, "dense elements of type f128 are not supported"),
    ('"a.b"(){x = i99999999} : () -> ()', 1, 13, "integer bitwidth is limited to 16777215 bits"),
    ("module {\n" * 10_000, 257, 8, "regions nest more than 256 levels deep"),
    ('"a.b"() {x = ' + "[" * 10_000, 1, 270, "attributes and types nest more than 256 levels deep"),
    ('"a.b"() {x = ' + "dense<" + "[" * 10_000, 1, 275, "attributes and types nest more than 256 levels deep"),
    # names of attributes
    ('"a.b"() {x = 1, y = 2, x} : () -> ()', 1, 24, "duplicate key 'x' in dictionary attribute"),
    ('"a.b"() <{x = 1, y = 2, x}> : () -> ()', 1, 25, "duplicate key 'x' in dictionary attribute"),
    (
        FUNCTION.replace("%s", "%0 = arith.addi %c, %c {overflowFlags = 1 : i32} : i1"),
        *(
            2,
            26,
            "custom op 'arith.addi' inherent attribute 'overflowFlags' cannot be parsed from attr-dict when strict",
        ),
    ),
    (
        "util.func private @f() attributes {sym_name = 1} {\n  util.return\n}",
        *(1, 24, "custom op 'util.func' 'sym_name' is an inferred attribute and should not be specified"),
    ),
    (
        "util.initializer attributes {function_type = 1} {\n  util.return\n}",
        *(1, 1, "custom op 'util.initializer' attribute 'function_type' occurs more than once in the attribute list"),
    ),
    # what holds of whole ops
    (
        "func.func @f(%c: i1) {\n  %0 = arith.addi %c, %1 : i1\n  %1 = arith.addi %c, %c : i1\n  return\n}",
        *(2, 8, "operand #1 does not dominate this use"),
    ),
    ("func.func @f() -> i32 {\n  return\n}", 2, 3, "'func.return' op"),
    ("func.func @f() {\n  %0 = arith.constant 1 : i32\n}", 2, 8, "block with no terminator, has"),
    (
        "util.func @f() {\n  util.global private @g : i32\n  util.return\n}",
        2,
        3,
        "'util.global' op symbol's parent must have",
    ),
    (
        '"a.b"() {x = distinct[0]<unit>, y = distinct[0]<1>} : () -> ()',
        1,
        37,
        "referenced attribute does not match previous definition",
    ),
    (
        '"util.global"() <{sym_name = "g", sym_visibility = "odd", type = i32}> : () -> ()',
        1,
        1,
        "'util.global' op visibility",
    ),
    ('"a.b"() {x = distinct[-1]<unit>} : () -> ()', 1, 23, "expected distinct ID"),
    ("func.func @f() { return }\nfunc.func @f() { return }", 2, 1, "redefinition of symbol named 'f'"),
]


@pytest.mark.parametrize(("text", "line", "column", "message"), ERRORS)
def test_errors_are_found_at_their_place(text: str, line: int, column: int, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        parse(text, "f.mlir", allow_unregistered=True)
    assert caught.value.location == Location("f.mlir", line, column)
    assert caught.value.message.startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('module {\n  "foo.addx"() : () -> ()\n}', "operation being parsed with an unregistered dialect"),
        ('module {\n  "util.addx"() : () -> ()\n}', "unregistered operation 'util.addx' found in dialect"),
        (
            "module attributes {a.b = #foo.bar<x>} {}",
            '#"foo"<"bar<x>"> : \'none\' attribute created with unregistered dialect',
        ),
        ("module attributes {a.b = !util.none} {}", "unknown  type `none` in dialect `util`"),
    ],
)
def test_unknown_names_need_permission(text: str, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        parse(text)
    assert caught.value.message.startswith(message)


def test_an_error_tells_of_the_other_place() -> None:
    with pytest.raises(SourceError) as caught:
        parse("func.func @f(%c: i1) {\n  %c = arith.constant true\n  return\n}", "f")
    assert str(caught.value) == ("f:2:3: error: redefinition of SSA value '%c'\nf:1:14: note: previously defined here")


def test_ops_know_their_places() -> None:
    module = parse("module {\n  func.func @f() {\n    %0 = arith.constant 1 : i8\n    return\n  }\n}", "f")
    places = [str(module.location_of(op)) for op in module.op.walk()]
    assert places == ["f:1:1", "f:2:3", "f:3:10", "f:4:5"]


SOUND = """\
#map = affine_map<(d0) -> (d0 + 1)>
module attributes {a.b = [1, "x", #map]} {
  util.func public @f(%arg0: !stream.resource<external>, %arg1: index) -> !stream.resource<external> {
    %c0 = arith.constant 0 : index
    %0 = "x.y"(%c0) <{a = dense<[1, 2]> : tensor<2xi8>}> ({
    ^bb0(%arg2: i32):
      %1:2 = "x.z"(%arg2) : (i32) -> (i32, tuple<f32, none>)
    }) : (index) -> !x.y<">">
    %2 = stream.async.clone %arg0 : !stream.resource<external>{%arg1} -> !stream.resource<external>{%arg1}
    util.return %2 : !stream.resource<external>
  }
}
"""


def is_read_or_refused(text: str) -> bool:
    """Whether the text is a module, or is refused at a place inside it; any other exception goes through."""
    try:
        parse(text, "f", allow_unregistered=True)
    except SourceError as error:
        return error.location is not None and error.location.line <= text.count("\n") + 1
    return True


@given(st.integers(0, len(SOUND)), st.integers(0, 12), st.text(alphabet='%#!@^"{}()[]<>-.,:=0a1 \n', max_size=3))
def test_a_damaged_text_is_read_or_refused_with_a_place(start: int, length: int, other: str) -> None:
    assert is_read_or_refused(SOUND[:start] + other + SOUND[start + length :])


@pytest.mark.parametrize("length", range(0, len(SOUND), 7))
def test_a_truncated_text_is_read_or_refused_with_a_place(length: int) -> None:
    assert is_read_or_refused(SOUND[:length])


def test_parsers_written_by_hand_take_inherent_attributes_from_the_dictionary() -> None:
    body = "%i = arith.constant 1 : index\n  scf.for %j = %i to %i step %i {\n  } {unsignedCmp, x}"
    module = parse(FUNCTION.replace("%s", body))
    loop = next(op for op in module.op.walk() if op.name == "scf.for")
    assert (set(loop.properties), set(loop.attributes)) == ({"unsignedCmp"}, {"x"})


def test_segment_sizes_in_the_dictionary_are_dropped() -> None:
    body = "cf.cond_br %c, ^a, ^a {operandSegmentSizes = array<i32: 7, 7, 7>}\n^a:"
    module = parse(FUNCTION.replace("%s", body))
    branch = next(op for op in module.op.walk() if op.name == "cf.cond_br")
    assert not branch.attributes


def test_nul_is_a_blank() -> None:
    assert print_module(parse("module\0{\0}\0").op) == "module {\n}\n"


def test_wrong_types_are_told_after_wrong_uses() -> None:
    """The verifier tells of them, when the whole text is read."""
    text = """func.func @f(%a: f32, %n: index) {
  %0 = stream.async.splat %a : f32 -> !stream.resource<*>{%n}
  %1 = arith.addi %a, %a : i32
  return
}"""
    with pytest.raises(SourceError, match="expects different type than prior uses"):
        parse(text)
    with pytest.raises(SourceError, match=r":2:8: error: 'stream.async.splat' op operand #0 must be 8-bit signless"):
        parse(text.replace("i32", "f32").replace("addi", "addf"))


@pytest.mark.parametrize(
    ("argument", "use"), [("%x", "%x#0"), ("%x#0", "%x"), ("%x#0", "%x#0"), ("%x#1", "%x#1"), ("%c #1", "%c#1")]
)
def test_arguments_of_blocks_may_have_numbers(argument: str, use: str) -> None:
    text = 'func.func @f(%c: i1) {\n  cf.br ^bb1(%c : i1)\n^bb1(ARGUMENT: i1):\n  cf.assert USE, "m"\n  return\n}'
    module = parse(text.replace("ARGUMENT", argument).replace("USE", use))
    assert 'cf.assert %0, "m"' in print_module(module.op)


def test_numbers_of_arguments_are_free_again_behind_their_region() -> None:
    loop = "  scf.for %i#1 = %c to %c step %c {\n    %0 = util.optimization_barrier %i#1 : index\n  }\n"
    module = parse("func.func @f(%c: index) {\n" + loop + loop + "  return\n}")
    assert print_module(module.op).count("util.optimization_barrier %arg1") == 2


@pytest.mark.parametrize(
    ("attribute", "column", "message"),
    [
        ("#hal.", 47, "expected valid keyword"),
        ("!hal.foo", 50, "unknown HAL type: foo"),
        ("#hal.foo", 45, "unknown HAL attribute: foo"),
    ],
)
def test_what_a_dialect_does_not_know_is_told_where_mlir_reads_on(attribute: str, column: int, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        parse(f"util.func private @f() attributes {{x = {attribute}  }}", "f.mlir")
    assert caught.value.location == Location("f.mlir", 1, column)
    assert message in str(caught.value)
