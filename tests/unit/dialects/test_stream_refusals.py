"""What breaks a rule of the stream dialect is refused where MLIR refuses it, and mostly in its words."""

import pytest

from tests.unit.dialects.refusals import refusal, refusal_in_function

# An op or two of a function's body.
IN_FUNCTIONS = [
    (
        "%0 = stream.async.splat %b : i1 -> !stream.resource<*>{%x}",
        (1, 8),
        "must be 8-bit signless integer or 16-bit signless integer or 32-bit signless integer or 64-bit signless integer, but got 'i1'",
    ),
    (
        "%0 = stream.async.load %t[%x] : !stream.resource<transient>{%y} -> f32",
        (1, 8),
        "must be staging resource, but got '!stream.resource<transient>'",
    ),
    (
        "%0 = stream.async.cast %t : !stream.resource<transient> {%y} -> !stream.resource<*> {%x}",
        (1, 8),
        "'stream.async.cast' op source and result sizes must be equal (tied storage)",
    ),
    (
        "stream.async.dispatch 3(%x) : (index) -> ()",
        (1, 25),
        "custom op 'stream.async.dispatch' invalid kind of attribute specified",
    ),
    (
        "stream.async.dispatch {@ex::@k, 3}(%x) : (index) -> ()",
        (1, 35),
        "custom op 'stream.async.dispatch' invalid kind of attribute specified",
    ),
    ("stream.async.dispatch {}(%x) : (index) -> ()", (1, 26), "expected attribute value"),
    (
        "stream.async.dispatch @ex::@k(%t) : (!stream.resource<transient>{%x}) -> ()",
        (1, 3),
        "'stream.async.dispatch' op expects 1 resource range operand sets but 0 are present",
    ),
    (
        "stream.async.dispatch @ex::@k(%i[%x to %y for %z]) : (i32) -> ()",
        (1, 3),
        "'stream.async.dispatch' op expects 0 resource range operand sets but 1 are present",
    ),
    (
        "%0 = stream.async.dispatch @ex::@k(%t[%x to %y for %z]) : (!stream.resource<transient>{%x}) -> %r{%x}",
        (1, 98),
        "tied operand not found for result reference %r",
    ),
    (
        "%0 = stream.async.dispatch @ex::@k(%t[%x to %y for %z]) : (!stream.resource<transient>{%x}) -> i32",
        (1, 8),
        "'stream.async.dispatch' op result #0 must be variadic of resource or external resource or transient resource or variable resource or constant resource, but got 'i32'",
    ),
    (
        "%0 = stream.async.call @gone(%t[%x to %y for %z]) : (!stream.resource<transient>{%x}) -> !stream.resource<*>{%x}",
        (1, 8),
        "'stream.async.call' op undefined external call: gone",
    ),
    (
        """\
%0, %1 = stream.async.execute with() -> !stream.resource<*>{%x} {
  stream.yield
} => !stream.timepoint""",
        (2, 5),
        "'stream.yield' op yield result count mismatch with parent op",
    ),
    (
        """\
%0, %1 = stream.async.execute with() -> !stream.resource<*>{%x} {
  %2 = stream.async.splat %i : i32 -> !stream.resource<transient>{%x}
  stream.yield %2 : !stream.resource<transient>{%x}
} => !stream.timepoint""",
        (3, 5),
        "'stream.yield' op result type mismatch: expected '!stream.resource<*>' but got '!stream.resource<transient>'",
    ),
    (
        """\
%0, %1 = stream.async.execute with() -> !stream.resource<*>{%x} {
  %2 = stream.async.splat %i : i32 -> !stream.resource<*>{%y}
  stream.yield %2 : !stream.resource<*>{%y}
} => !stream.timepoint""",
        (3, 5),
        "'stream.yield' op result size mismatch",
    ),
    (
        """\
%0, %1 = stream.async.execute with() -> !stream.resource<*>{%x} {
  stream.yield %r : !stream.resource<*>{%x}
} => !stream.timepoint""",
        (2, 5),
        "'stream.yield' op used resource not listed in explicit captures (or produced internally)",
    ),
    (
        """\
%0, %1 = stream.async.execute with() -> !stream.resource<*>{%x} {
  %2 = stream.async.clone %r : !stream.resource<*>{%x} -> !stream.resource<*>{%x}
  stream.yield %2 : !stream.resource<*>{%x}
} => !stream.timepoint""",
        (2, 10),
        "'stream.async.clone' op used resource not listed in explicit captures (or produced internally)",
    ),
    (
        """\
%0 = stream.async.concurrent with(%r as %q: !stream.resource<*>{%x}) -> %q{%x} {
  stream.yield %q : !stream.resource<*>{%x}
}""",
        (1, 75),
        "tied operand not found for result reference %q",
    ),
    (
        """\
%0 = stream.cmd.execute with(%t as %a: !stream.resource<transient>{%y}) {
  %c = arith.constant 0 : index
} => !stream.timepoint""",
        (2, 10),
        "'arith.constant' op explicit execution regions must only contain explicit ops",
    ),
    (
        """\
%0 = stream.cmd.execute with(%t as %a: !stream.resource<transient>{%y}) {
  stream.cmd.fill %i, %t[%x for %y] : i32 -> !stream.resource<transient>{%z}
} => !stream.timepoint""",
        (2, 5),
        "'stream.cmd.fill' op used resource not listed in explicit captures (or produced internally)",
    ),
    (
        """\
%0 = stream.cmd.execute with(%t as %a: !stream.resource<transient>{%y}) {
  stream.cmd.collective<all_reduce with sum : f32>[%x] channel(%ch) {
    ro %a[%x for %y] : !stream.resource<transient>{%z}
  }
} => !stream.timepoint""",
        (2, 5),
        "'stream.cmd.collective' op requires 2 resources but 1 provided",
    ),
    (
        """\
%0 = stream.cmd.execute with(%t as %a: !stream.resource<transient>{%y}) {
  stream.cmd.collective<send : f32>[%x] channel(%ch) {
    wo %a[%x for %y] : !stream.resource<transient>{%z}
  }
} => !stream.timepoint""",
        (2, 5),
        "'stream.cmd.collective' op resource 0 requires access Read but is declared as Write",
    ),
    (
        "%0 = stream.tensor.import %bv : !hal.buffer_view -> tensor<?x5xf32> in !stream.resource<external>{%y}",
        (1, 8),
        "'stream.tensor.import' op type set has 1 dynamic dimensions but only 0 dimension values are attached",
    ),
    (
        "%0 = stream.tensor.import %bv : !hal.buffer_view -> tensor<?x5xf32>{%x, %y} in !stream.resource<external>{%y}",
        (1, 8),
        "'stream.tensor.import' op type set has 1 dynamic dimensions but only 2 dimension values are attached",
    ),
    (
        "%0 = stream.tensor.sizeof tensor<?x?xf32>{%x} : index",
        (1, 8),
        "'stream.tensor.sizeof' op type set has 2 dynamic dimensions but only 1 dimension values are attached",
    ),
    (
        "%0 = stream.tensor.slice %r[%x for %z] : tensor<?x?xf32>{%x, %y} in !stream.resource<*>{%y} -> tensor<?xf32>{%z} in !stream.resource<*>{%y}",
        (1, 8),
        "'stream.tensor.slice' op start_indices/lengths rank mismatch",
    ),
    (
        "%0 = stream.tensor.load %s[%x, %y] : tensor<?xi32>{%x} in !stream.resource<staging>{%y} -> i32",
        (1, 8),
        "'stream.tensor.load' op indices rank mismatch",
    ),
    (
        "%0 = stream.tensor.dispatch @ex::@k(%r) : (tensor<?xf32>{%x} in !stream.resource<*>{%y}) -> tensor<4xf32> in %r{%y}",
        (1, 8),
        "the 0-th operandEncoding (tensor<?xf32>) does not match the resultEncoding (tensor<4xf32>)",
    ),
    (
        'stream.tensor.trace "key" = [%r : tensor<4xf32> in !stream.resource<*>{%y}]',
        (1, 3),
        "'stream.tensor.trace' op operand #0 must be variadic of staging resource, but got '!stream.resource<*>'",
    ),
    (
        """\
%0:2, %1 = stream.resource.constants :
  !stream.resource<constant>{%x} = dense<1> : tensor<4xi32>,
  !stream.resource<variable>{%y} = dense<1> : tensor<4xi32>
  => !stream.timepoint""",
        (1, 14),
        "'stream.resource.constants' op all results must be of the same type",
    ),
    (
        "%0 = stream.resource.load %t[%x] : !stream.resource<transient>{%y} -> i32",
        (1, 8),
        "must be staging resource, but got '!stream.resource<transient>'",
    ),
    (
        "%0 = stream.timepoint.join max(%tp, %x) => !stream.timepoint",
        (1, 39),
        "use of value '%x' expects different type than prior uses: '!stream.timepoint' vs 'index'",
    ),
    (
        "%0:2 = stream.timepoint.await %tp => %t : !stream.resource<transient>{%x}",
        (1, 3),
        "operation defines 1 results but was provided 2 to bind",
    ),
    (
        """\
%0 = stream.cmd.parameter.gather {
  %k::%k[%l] -> %t[%x for %y] : !stream.resource<transient>{%z},
  %k[%l] -> %t[%y for %y] : !stream.resource<transient>{%z}
} => !stream.timepoint""",
        (4, 3),
        "custom op 'stream.cmd.parameter.gather' each operation must use the same scope and target resource",
    ),
    (
        """\
%0 = stream.cmd.parameter.scatter {
  %t[%x for %y] : !stream.resource<transient>{%z} -> %k::%k[%l],
  %t[%x for %y] : !stream.resource<transient>{%z} -> %k[%l]
} => !stream.timepoint""",
        (4, 3),
        "custom op 'stream.cmd.parameter.scatter' each operation must use the same source resource and scope",
    ),
    (
        """\
%0, %1, %2 = stream.cmd.parameter.load {
  %k::%k[%l] : !stream.resource<constant>{%z},
  %k[%l] : !stream.resource<constant>{%z}
} => !stream.timepoint""",
        (4, 3),
        "custom op 'stream.cmd.parameter.load' each operation must use the same scope",
    ),
    (
        "%0 = stream.async.alloca : !stream.resource<transient>{%i}",
        (1, 58),
        "use of value '%i' expects different type than prior uses: 'index' vs 'i32'",
    ),
    (
        "%0 = stream.async.alloca : i32{%x}",
        (1, 8),
        "must be resource or external resource or transient resource or variable resource or constant resource, but got 'i32'",
    ),
    (
        '%0 = "stream.async.clone"(%r, %x, %x) <{affinity = 1 : i32}> : (!stream.resource<*>, index, index) -> !stream.resource<*>',
        (1, 8),
        "invalid properties {affinity = 1 : i32} for op stream.async.clone: Invalid attribute `affinity` in property conversion: 1 : i32",
    ),
    (
        '%0 = "stream.async.clone"(%r, %x, %x) : (!stream.resource<*>, index, index) -> i32',
        (1, 8),
        "'stream.async.clone' op result #0 must be resource or external resource or transient resource or variable resource or constant resource, but got 'i32'",
    ),
]

PROGRAMS = [
    (
        """\
stream.executable private @ex {
  stream.executable.export public @k workgroups(%a: index) -> (index, index) {
    stream.return %a, %a : index, index
  }
}""",
        (2, 78),
        "custom op 'stream.executable.export' workgroup count region must return the XYZ dimension counts",
    ),
    (
        """\
stream.executable private @ex {
  stream.executable.export public @k workgroups(%a: index) -> (index, index, index) {
    stream.return %a, %a, %a : index, index, index
  }
}
util.func private @f(%t: !stream.resource<transient>, %x: index) {
  stream.async.dispatch @ex::@k(%t[%x to %x for %x]) : (!stream.resource<transient>{%x}) -> ()
  util.return
}""",
        (7, 3),
        "'stream.async.dispatch' op workload mismatch; entry point expects 1 arguments but dispatch provides 0",
    ),
    (
        """\
stream.executable private @ex {
  stream.executable.export public @k workgroups(%a: index) -> (index, index, index) {
    stream.return %a, %a, %a : index, index, index
  }
}
util.func private @f(%t: !stream.resource<transient>, %x: index, %i: i32) {
  stream.async.dispatch @ex::@k[%i](%t[%x to %x for %x]) : (!stream.resource<transient>{%x}) -> ()
  util.return
}""",
        (7, 33),
        "use of value '%i' expects different type than prior uses: 'index' vs 'i32'",
    ),
    (
        "stream.async.func public @g(%a: !stream.resource<*>) -> i32",
        (1, 1),
        "'stream.async.func' op symbol declaration cannot have public visibility",
    ),
    (
        """\
stream.async.func private @g(%a: !stream.resource<*>, %n: index) -> !stream.resource<transient>
util.func private @f(%t: !stream.resource<transient>, %x: index, %i: i32) {
  %0 = stream.async.call @g(%t[%x to %x for %x], %x) : (!stream.resource<transient>{%x}, index) -> !stream.resource<*>{%x}
  util.return
}""",
        (3, 8),
        "'stream.async.call' op function result type mismatch; expected '!stream.resource<*>' but callee provides '!stream.resource<transient>'",
    ),
    (
        """\
stream.executable private @ex {
  stream.executable.export public @k
  builtin.module {
    func.func @k(%b: !stream.binding, %n: i32) {
      %c9 = stream.dispatch.workgroup.id[3] : index
      return
    }
  }
}""",
        (5, 13),
        "'stream.dispatch.workgroup.id' op dimension 3 out of bounds of dispatch dimensions; expected [0, 3)",
    ),
    (
        """\
stream.executable private @ex {
  stream.executable.export public @k
  builtin.module {
    func.func @k(%b: !stream.binding, %n: i32) {
      return
    }
  }
}
util.func private @f(%t: !stream.resource<transient>, %x: index) {
  %0 = stream.cmd.execute with(%t as %a: !stream.resource<transient>{%x}) {
    stream.cmd.dispatch @ex::@k {
      rw %a[%x for %x] : !stream.resource<transient>{%x}
    }
  } => !stream.timepoint
  util.return
}""",
        (11, 5),
        "'stream.cmd.dispatch' op function type mismatch; expected 0 uniform arguments on exported function, but has 1",
    ),
    (
        "stream.cmd.func public @g(%a[%b for %c]: !stream.resource<*>, %d: i32)",
        (1, 1),
        "'stream.cmd.func' op symbol declaration cannot have public visibility",
    ),
    (
        "stream.async.func @g(%a: !stream.resource<*>)",
        (1, 1),
        "'stream.async.func' op symbol declaration cannot have public visibility",
    ),
]


CAPTURES = """\
"util.func"() <{function_type = (!stream.resource<*>, index) -> (), sym_name = "f", sym_visibility = "private"}> ({
^bb0(%r: !stream.resource<*>, %n: index):
  %0 = "stream.async.execute"(%r, %n) <{operandSegmentSizes = array<i32: 1, 1, 0, 0>, tied_operands = []}> ({
  ^bb0(ARGUMENTS):
    "stream.yield"() : () -> ()
  }) : (!stream.resource<*>, index) -> !stream.timepoint
  "util.return"() : () -> ()
}) : () -> ()"""
"""A region, in generic form, with arguments that need not be of the types of what it captures."""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("", "region branch point has 1 operands, but region successor needs 0 inputs"),
        (
            "%a: !stream.resource<*>, %b: index",
            "region branch point has 1 operands, but region successor needs 2 inputs",
        ),
        (
            "%a: !stream.resource<external>",
            "successor operand type #0 '!stream.resource<*>' should match successor input type #0 '!stream.resource<external>'",
        ),
    ],
)
def test_arguments_of_a_region_are_what_it_captures(arguments: str, message: str) -> None:
    place, found = refusal(CAPTURES.replace("ARGUMENTS", arguments))
    assert place == (3, 8)
    assert found.endswith(f"'stream.async.execute' op along control flow edge from parent to Region #0: {message}")


@pytest.mark.parametrize(("body", "place", "message"), IN_FUNCTIONS)
def test_in_functions(body: str, place: tuple[int, int], message: str) -> None:
    found_place, found = refusal_in_function(body)
    assert found_place == place
    assert message in found


@pytest.mark.parametrize(("text", "place", "message"), PROGRAMS)
def test_programs(text: str, place: tuple[int, int], message: str) -> None:
    found_place, found = refusal(text + "\n")
    assert found_place == place
    assert message in found
