"""Whole texts, as the real `iree-opt` prints them; each is its own fixpoint."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iree_explorer.syntax import parse, print_module


def reprinted(text: str) -> str:
    return print_module(parse(text, "f", allow_unregistered=True).op)


FIXPOINTS = {
    "default dialects": """\
module @outer attributes {x.a = 1 : i8} {
  module {
    func.func private @"a b"()
    module @x {
    }
  }
}
""",
    "packs, names and predecessors": """\
module {
  func.func private @g(i32, f32) -> (i32, f32)
  func.func @f(%arg0: i1, %arg1: i32, %arg2: f32) -> (i32, f32) attributes {a.b = "q", x.y = 3 : i64} {
    %0:2 = call @g(%arg1, %arg2) : (i32, f32) -> (i32, f32)
    %c0 = arith.constant 0 : index
    %c0_0 = arith.constant 0 : index
    %c42_i32 = arith.constant 42 : i32
    %true = arith.constant true
    cf.cond_br %arg0, ^bb1(%arg1 : i32), ^bb2
  ^bb1(%1: i32):  // pred: ^bb0
    %2 = arith.addi %1, %1 : i32
    cf.br ^bb2
  ^bb2:  // 2 preds: ^bb0, ^bb1
    cf.br ^bb4
  ^bb3:  // no predecessors
    cf.br ^bb4
  ^bb4:  // 2 preds: ^bb2, ^bb3
    return %0#0, %0#1 : i32, f32
  }
}
""",
    "generic form": """\
#map = affine_map<(d0, d1) -> (d0)>
#map1 = affine_map<(d0, d1) -> (d1)>
module {
  func.func @f(%arg0: i1) {
    "t.br"(%arg0, %arg0)[^bb1, ^bb1] : (i1, i1) -> ()
  ^bb1:  // 3 preds: ^bb0, ^bb0, ^bb1
    "t.br"()[^bb1] <{bar = [1, 2.000000e+00, 3 : i32], foo = affine_map<(d0) -> (d0)>}> ({
      "x.y"() {m = #map} : () -> ()
    }, {
    }) {a = #map1, z} : () -> ()
  }
}
""",
    "aliases inside types and aliases by depth": """\
#map = affine_map<(d0) -> (d0 + 1)>
#map1 = affine_map<(d0) -> (d0)>
module {
  "a.b"() {m = [#map, #map1], n = {a = #map1}, o = memref<4xi32, #map>, p = memref<4xi32>} : () -> ()
}
""",
    "what no dialect knows": """\
module {
  %0 = "x.y"() {a = #foo<x y> : i32, b = #foo.bar<"<", [->]>} : () -> !foo.bar<a, b "c>" -> >
  %1:3 = "x.y"(%0) : (!foo.bar<a, b "c>" -> >) -> (i32, i32, !foo<"z">)
  "use"(%1#2, %1#0) : (!foo<"z">, i32) -> ()
}
""",
    "locations as attributes": """\
#loc = loc("a":1:2)
module {
  func.func @f() attributes {a.loc = #loc} {
    return
  }
}
""",
}


@pytest.mark.parametrize("name", FIXPOINTS)
def test_a_printed_text_prints_again_as_it_stands(name: str) -> None:
    assert reprinted(FIXPOINTS[name]) == FIXPOINTS[name]


def test_a_text_without_a_module_gets_one() -> None:
    assert reprinted('"a.b"() : () -> ()\n"a.c"() : () -> ()') == (
        'module {\n  "a.b"() : () -> ()\n  "a.c"() : () -> ()\n}\n'
    )


def test_locations_of_ops_are_forgotten() -> None:
    text = '#k = loc("k")\nfunc.func @f(%a: i32 loc("x")) {\n  return loc(fused<"m">["a":1:2, callsite("b" at #k)])\n} loc(#l)\n#l = loc(unknown)\n'
    assert reprinted(text) == "module {\n  func.func @f(%arg0: i32) {\n    return\n  }\n}\n"


def test_aliases_of_the_same_name_are_told_apart_by_numbers() -> None:
    text = "".join(f'"a.b"() {{a = affine_map<(d0) -> (d0 + {i})>}} : () -> ()\n' for i in range(3))
    assert reprinted(text).splitlines()[:3] == [
        "#map = affine_map<(d0) -> (d0)>",
        "#map1 = affine_map<(d0) -> (d0 + 1)>",
        "#map2 = affine_map<(d0) -> (d0 + 2)>",
    ]


def test_aliases_may_be_used_by_other_names_and_in_any_form() -> None:
    text = '#x = affine_map<(d0) -> (-d0)>\n!t = memref<4xi32, #x>\n"a.b"() {a = #x, b = !t} : () -> ()\n'
    assert reprinted(text) == (
        '#map = affine_map<(d0) -> (-d0)>\nmodule {\n  "a.b"() {a = #map, b = memref<4xi32, #map>} : () -> ()\n}\n'
    )


TYPES = st.recursive(
    st.sampled_from(["i1", "si8", "index", "f32", "bf16", "none", "!stream.timepoint", "tensor<?x4xf32>", "!x.y<[z]>"]),
    lambda inner: st.one_of(
        inner.map(lambda t: f"tuple<{t}, i8>"),
        st.tuples(inner, inner).map(lambda p: f"({p[0]}, {p[1]}) -> ()"),
        inner.map(lambda t: f"() -> ({t}, {t})"),
    ),
    max_leaves=6,
)

ATTRIBUTES = st.recursive(
    st.one_of(
        TYPES,
        st.integers(-(2**31), 2**31 - 1).map(lambda n: f"{n} : i32"),
        st.sampled_from(["@a::@b", '"text"', "unit", "true", "array<i64: 1, 2>", "1.500000e+00 : f32", "#x.y<(z)>"]),
        st.sampled_from(["#map", "strided<[?, 1], offset: 3>", "dense<[1, 2]> : tensor<2xi8>"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(inner, max_size=3).map(
            lambda items: "{" + ", ".join(f"k{i} = {item}" for i, item in enumerate(items)) + "}"
        ),
    ),
    max_leaves=8,
)


@given(ATTRIBUTES)
def test_attributes_survive(attribute: str) -> None:
    head = "#map = affine_map<(d0) -> (d0 * 2)>\n" if "#map" in attribute else ""
    value = attribute.replace(" = unit", "")
    text = f'{head}module {{\n  "a.b"() {{a = [{value}]}} : () -> ()\n}}\n'
    assert reprinted(text) == text


def test_the_memo_does_not_mix_up_an_attribute_with_and_without_its_body() -> None:
    text = 'module {\n  "a.b"() {a = #x.y, b = #x.y<1>, c = #x.y<"]">, d = #x.y : i32, e = #x.y} : () -> ()\n}\n'
    assert reprinted(text) == text


@pytest.mark.parametrize(
    ("attributes", "printed"),
    [
        ("{a = distinct[7]<unit>, b = distinct[3]<>, c = distinct[7]<>}", "{a = distinct[0]<>, b = distinct[1]<>, c = distinct[0]<>}"),
        ('{a = "x" : i32, b = "y" : none}', '{a = "x" : i32, b = "y"}'),
        ("{a = distinct[5]<distinct[6]<>>, b = distinct[6]<>}", "{a = #distinct, b = distinct[1]<>}"),
    ],
)  # fmt: skip
def test_distinct_attributes_and_typed_strings(attributes: str, printed: str) -> None:
    text = print_module(parse(f"util.func private @f() attributes {attributes}").op)
    assert f"attributes {printed}\n" in text
    assert text.startswith("#distinct = distinct[0]<distinct[1]<>>\n") == ("#distinct" in printed)
