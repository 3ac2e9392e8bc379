"""`flow.dispatch.region`, `flow.dispatch.workgroups` and `flow.call`: what iree-opt refuses in them, in its words and at its places."""

import pytest

from iree_explorer.syntax import parse, print_module
from tests.unit.dialects.refusals import refusal, refusal_in_function

COUNT = "count(%g: index) -> (index, index, index) { flow.return %g, %g, %g : index, index, index }"

REFUSED = [
    (
        f"%0 = flow.dispatch.region[%x, %y] -> (tensor<4xf32>) {{ flow.return %v : tensor<4xf32> }} {COUNT}",
        (1, 8),
        "'flow.dispatch.region' op workload operands and workgroup count args mismatch (2 vs 1)",
    ),
    (
        "%0 = flow.dispatch.region -> (tensor<4xf32>) { ^bb0(%g: i32): flow.return %v : tensor<4xf32> }",
        (1, 8),
        "'flow.dispatch.region' op expected no block arguments",
    ),
    (
        "%0 = flow.dispatch.region -> (tensor<4xf32>) { flow.return }",
        (1, 50),
        "'flow.return' op number of results (1) does not match number of returned values (0)",
    ),
    (
        "%0 = flow.dispatch.region -> (tensor<4xf32>) { flow.return %i : i32 }",
        (1, 50),
        "'flow.return' op operand types do not match with parent results",
    ),
    (
        "%0 = flow.dispatch.region -> (i32) { flow.return %i : i32 }",
        (1, 8),
        "'flow.dispatch.region' op only ranked tensor results are allowed",
    ),
    ("%0 = flow.dispatch.region -> (tensor<?x4xf32>) { flow.return }", (1, 48), "expected '{' in operand list"),
    (
        "%0 = flow.dispatch.region -> (tensor<?x4xf32>{%x, %y}) { flow.return }",
        (1, 48),
        "custom op 'flow.dispatch.region' expected 1 operands",
    ),
    ("%0 = flow.dispatch.region -> tensor<4xf32> { flow.return %v : tensor<4xf32> }", (1, 31), "expected '('"),
    (
        "flow.dispatch.region { flow.return } count(%g: index) -> index { flow.return %g : index }",
        (1, 66),
        "custom op 'flow.dispatch.region' workgroup count region must return the XYZ dimension counts",
    ),
    (
        "%0 = flow.dispatch.workgroups(%v) : (tensor<4xf32>) -> tensor<4xindex> = (%g: index) { flow.return }",
        (1, 8),
        (
            "'flow.dispatch.workgroups' op I/O type 'tensor<4xindex>' is invalid: "
            "index types must not cross the dispatch boundary"
        ),
    ),
    (
        (
            "%0 = flow.dispatch.workgroups(%v) : (tensor<4xf32>) -> tensor<4xf32> = (%g: i32) {\n"
            "  %1 = arith.addi %g, %i : i32\n  flow.return\n}"
        ),
        (2, 25),
        "use of undeclared SSA value name",
    ),
    (
        (
            '%0 = "flow.dispatch.workgroups"(%v) <{operandSegmentSizes = array<i32: 0, 1, 0, 0>}> ({ flow.return }, {}) : '
            "(tensor<4xf32>) -> tensor<?xf32>"
        ),
        (1, 8),
        "'flow.dispatch.workgroups' op value set has 1 dynamic dimensions but only 0 dimension values are attached",
    ),
    (
        (
            '%0 = "flow.dispatch"(%v) <{entry_points = [], operandSegmentSizes = array<i32: 0, 1, 0, 0>}> : '
            "(tensor<4xf32>) -> tensor<4xf32>"
        ),
        (1, 8),
        "'flow.dispatch' op at least one entry point reference is required",
    ),
    (
        (
            '%0 = "flow.dispatch"(%v) <{entry_points = [@a::@b], operandSegmentSizes = array<i32: 0, 1, 0, 0>}> : '
            "(tensor<4xf32>) -> tensor<?xf32>"
        ),
        (1, 8),
        "'flow.dispatch' op value set has 1 dynamic dimensions but only 0 dimension values are attached",
    ),
    (
        "%0 = flow.tensor.encode %v : tensor<4xf32> -> tensor<5xf32>",
        (1, 8),
        "'flow.tensor.encode' op the operand shape and result shape are not compatible",
    ),
    (
        "%0 = flow.tensor.reshape %v : tensor<4xf32> -> tensor<4xf16>",
        (1, 8),
        "'flow.tensor.reshape' op failed to verify that all of {source, result} have same element type",
    ),
    (
        "%0 = flow.dispatch.workgroup.size[3] : index",
        (1, 8),
        "'flow.dispatch.workgroup.size' op dimension 3 out of bounds of dispatch dimensions; expected [0, 3)",
    ),
]


@pytest.mark.parametrize(("body", "place", "message"), REFUSED)
def test_refusals(body: str, place: tuple[int, int], message: str) -> None:
    assert refusal_in_function(body) == (place, message)


@pytest.mark.parametrize(
    ("declared", "message"),
    [
        ("flow.func private @g(%a: tensor<4xf32>) -> tensor<4xf32>", None),
        ("flow.func private @h(%a: tensor<4xf32>) -> tensor<4xf32>", "'flow.call' op undefined external call: g"),
        ("util.func private @g(tensor<4xf32>) -> tensor<4xf32>", "'flow.call' op undefined external call: g"),
        (
            "flow.func private @g(%a: tensor<4xf32>, %b: index) -> tensor<4xf32>",
            (
                "'flow.call' op function type mismatch; expected '(tensor<4xf32>) -> tensor<4xf32>' but callee is "
                "'(tensor<4xf32>, index) -> tensor<4xf32>'"
            ),
        ),
    ],
)
def test_a_call_is_of_a_function_on_tensors_of_its_type(declared: str, message: str | None) -> None:
    text = (
        f"{declared}\nutil.func @f(%x: tensor<4xf32>) {{\n"
        "  %0 = flow.call @g(%x) : (tensor<4xf32>) -> tensor<4xf32>\n  util.return\n}\n"
    )
    if message is None:
        parse(text)
    else:
        assert refusal(text) == ((3, 8), message)


def test_names_are_free_again_in_a_kernel() -> None:
    module = parse(
        "util.func public @f(%a: tensor<4xi32>) -> tensor<4xi32> {\n"
        "  %0 = flow.dispatch.workgroups(%a) : (tensor<4xi32>) -> tensor<4xi32> = (%a: i32) {\n"
        "    %0 = arith.addi %a, %a : i32\n    flow.return\n  }\n"
        "  %1 = arith.addi %0, %a : tensor<4xi32>\n  util.return %1 : tensor<4xi32>\n}\n"
    )
    text = print_module(module.op)
    assert "(%arg1: i32) {" in text
    assert "arith.addi %arg1, %arg1 : i32" in text
    assert "arith.addi %0, %arg0 : tensor<4xi32>" in text


@pytest.mark.parametrize("form", ["flow", "stream"])
def test_what_an_export_returns_is_told_at_its_return(form: str) -> None:
    text = (
        f'"{form}.executable"() <{{sym_name = "ex"}}> ({{\n'
        f'  "{form}.executable.export"() <{{function_ref = @e, sym_name = "e"}}> ({{\n'
        f"  ^bb0(%g: index):\n    {form}.return %g, %g : index, index\n  }}) : () -> ()\n"
        f'  "{form}.executable{"_" if form == "flow" else "."}end"() : () -> ()\n}}) : () -> ()\n'
    )
    words = f"'{form}.return' op workgroup count region must return the XYZ dimension counts"
    assert refusal(text) == ((4, 5), words)
