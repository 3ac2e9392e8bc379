"""What a partitioner is told of a block, column by column."""

from xdsl.ir import Operation

from iree_explorer.analysis.block_facts import BlockFacts
from iree_explorer.analysis.op_facts import Kind
from iree_explorer.ir.interfaces import StreamableOpInterface, implements
from tests.unit.partitioning.programs import R, body_of, dispatch, entry, function

NESTED = f"""  %s = scf.if %flag -> ({R}) {{
{dispatch("%inner", "%a")}    scf.yield %inner : {R}
  }} else {{
    scf.yield %b : {R}
  }}
"""


def facts_of(body: str, result: str) -> tuple[BlockFacts, dict[str, int]]:
    """The facts of a function's block, and the places of its ops: of dispatches by entry point, of others by name."""
    facts = BlockFacts(body_of(function(body, result)))
    return facts, {entry(op): place for place, op in enumerate(facts.ops)}


def test_ops_stand_in_order_each_of_its_kind() -> None:
    facts, places = facts_of(dispatch("%a", "%arg"), "%a")
    assert [facts.index[op] for op in facts.ops] == list(range(len(facts.ops)))
    assert facts.kinds == [Kind.CONSTANT] * 3 + [Kind.STREAMABLE, Kind.HOST]
    assert facts.ops[places["util.return"]] is facts.block.last_op


def test_equal_affinities_are_one_object() -> None:
    facts, places = facts_of(
        dispatch("%a", "%arg", on="a") + dispatch("%b", "%a", on="a") + dispatch("%c", "%b", on="b"), "%c"
    )
    a, b, c = (facts.affinities[places[name]] for name in "abc")
    assert a is b
    assert a != c
    assert facts.affinities[places["util.return"]] is None


def test_users_come_newest_first_one_entry_a_use_and_none_of_constants() -> None:
    facts, places = facts_of(dispatch("%a", "%arg") + dispatch("%b", "%a", "%a") + dispatch("%c", "%a"), "%c")
    a, b, c = (places[name] for name in "abc")
    assert facts.users[a] == [c, b, b]
    assert facts.users[b] == []
    assert facts.users[c] == [places["util.return"]]
    assert facts.users[places["arith.constant"]] == []
    assert facts.is_in_order


def test_users_in_regions_count_for_the_op_around_them() -> None:
    facts, places = facts_of(dispatch("%a", "%arg") + dispatch("%b", "%arg") + NESTED, "%s")
    a, b, around = places["a"], places["b"], places["scf.if"]
    assert facts.users[a] == []
    assert facts.nested_users == {a: [around], b: [around]}
    assert facts.region_users == {a: [around], b: [around]}
    inner = next(op for op in facts.ops[around].walk() if implements(op, StreamableOpInterface))
    assert facts.ancestor_of(inner) is facts.ops[around]
    assert facts.ancestor_of(facts.ops[a]) is facts.ops[a]
    function_op = facts.block.parent_op()
    assert isinstance(function_op, Operation)
    assert facts.ancestor_of(function_op) is None


def test_resources_of_an_op_come_once_each_in_operand_order() -> None:
    facts, places = facts_of(dispatch("%a", "%arg") + dispatch("%b", "%a", "%arg", "%a"), "%b")
    (argument,) = facts.resources[places["a"]]
    assert argument is facts.block.args[0]
    assert facts.resources[places["b"]] == [facts.ops[places["a"]].results[0], argument]
    assert facts.resources[places["arith.constant"]] == []


def test_what_a_result_is_tied_to_is_changed() -> None:
    body = dispatch("%a", "%arg") + dispatch("%b", "%a", tied="%a") + dispatch("%c", "%b")
    facts, places = facts_of(body, "%c")
    (changed,) = facts.ops[places["a"]].results
    assert facts.tied == {id(changed)}
    assert changed in facts.changed_storages


def test_only_side_effects_of_the_host_hold_ops_back() -> None:
    body = dispatch("%a", "%arg") + "  util.optimization_barrier %x : i32\n  %k = arith.addi %x, %x : i32\n"
    facts, places = facts_of(body, "%a")
    holds = {name: facts.is_side_effecting_host_op(facts.ops[place]) for name, place in places.items()}
    assert holds == {
        "arith.constant": False,
        "a": False,
        "util.optimization_barrier": True,
        "arith.addi": False,
        "util.return": True,
    }
