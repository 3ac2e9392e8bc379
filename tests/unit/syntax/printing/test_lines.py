from xdsl.ir import Operation

from iree_explorer.syntax import ModuleText, parse, print_lines, print_module

TEXT = """\
#map = affine_map<(d0) -> (d0)>
module {
  func.func @f(%arg0: i1) {
    "x.y"() ({
      "x.z"() {m = #map} : () -> ()
    }) : () -> ()
    cf.br ^bb1
  ^bb1:  // pred: ^bb0
    return
  }
  func.func @g() {
    %c0 = arith.constant 0 : index
    return
  }
}
"""


def owners(text: str) -> list[str]:
    module = parse(text, allow_unregistered=True)
    return [line.op.name if line.op else "" for line in print_lines(module.op)]


def functions(module: Operation) -> list[Operation]:
    return list(module.regions[0].block.ops)


def test_lines_are_those_of_the_text() -> None:
    module = parse(TEXT, allow_unregistered=True).op
    assert "".join(f"{line.text}\n" for line in print_lines(module)) == print_module(module) == TEXT


def test_a_line_belongs_to_the_innermost_op_that_it_is_of() -> None:
    unknown = "builtin.unregistered"
    assert owners(TEXT) == [
        *["", "builtin.module", "func.func", unknown, unknown, unknown, "cf.br", "func.func", "func.return"],
        *["func.func", "func.func", "arith.constant", "func.return", "func.func", "builtin.module"],
    ]
    module = parse(TEXT, allow_unregistered=True).op
    lines = print_lines(module)
    outer, inner, closing = lines[3].op, lines[4].op, lines[5].op
    assert outer is closing
    assert inner is not outer


def test_one_function_prints_as_in_the_module() -> None:
    module = parse(TEXT, allow_unregistered=True).op
    text = ModuleText(module)
    first, second = functions(module)
    assert text.lines_of(first) == text.lines[2:10]
    assert text.lines_of(second) == text.lines[10:14]


def test_a_changed_function_prints_as_the_module_would() -> None:
    module = parse(TEXT, allow_unregistered=True).op
    text = ModuleText(module)
    first, second = functions(module)
    constant = second.regions[0].block.first_op
    assert constant is not None
    inserted = constant.clone()
    second.regions[0].block.insert_op_before(inserted, constant)
    after = print_module(module).splitlines()
    assert [line.text for line in text.lines_of(second)] == after[10:15]
    assert [line.text for line in text.lines_of(first)] == after[2:10]


NESTED = """
func.func @f(%a: index) -> index {
  %0 = arith.addi %a, %a : index
  %1 = arith.muli %0, %0 : index
  %2 = scf.for %i = %0 to %1 step %a iter_args(%x = %a) -> (index) {
    %3 = arith.addi %x, %i : index
    scf.yield %3 : index
  }
  return %2 : index
}
"""


def test_names_that_are_kept_stay_whatever_comes_and_goes() -> None:
    module = parse(NESTED).op
    text = ModuleText(module)
    function = functions(module)[0]
    first, second, loop, _ = function.regions[0].block.ops
    new = first.clone()
    function.regions[0].block.insert_op_before(new, loop)
    second.results[0].replace_all_uses_with(new.results[0])
    function.regions[0].block.erase_op(second)
    kept = [line.text for line in text.lines_of(function, keep_names=True)]
    assert kept == [
        "  func.func @f(%arg0: index) -> index {",
        "    %0 = arith.addi %arg0, %arg0 : index",
        "    %4 = arith.addi %arg0, %arg0 : index",
        "    %2 = scf.for %arg1 = %0 to %4 step %arg0 iter_args(%arg2 = %arg0) -> (index) {",
        "      %3 = arith.addi %arg2, %arg1 : index",
        *kept[5:],
    ]
    assert [line.text for line in text.lines_of(function, keep_names=True)] == kept
    assert [line.text for line in text.lines_of(function)] == print_module(module).splitlines()[1:-1]


def test_a_new_alias_gets_a_name_that_is_free() -> None:
    module = parse(TEXT, allow_unregistered=True).op
    text = ModuleText(module)
    other = parse('"x.n"() {m = affine_map<(d0) -> (d0 * 3)>} : () -> ()', allow_unregistered=True).op
    added = other.body.block.first_op
    assert added is not None
    added.detach()
    second = functions(module)[1]
    last = second.regions[0].block.last_op
    assert last is not None
    second.regions[0].block.insert_op_before(added, last)
    assert '    "x.n"() {m = #map1} : () -> ()' in [line.text for line in text.lines_of(second)]
