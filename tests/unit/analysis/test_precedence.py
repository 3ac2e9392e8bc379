"""What has to run before what in an execution region, by the bytes of each storage."""

from iree_explorer.analysis.block_facts import BlockFacts
from tests.unit.partitioning.programs import body_of, dispatch, entry, function


def edges_of(body: str, result: str) -> set[tuple[str, str, int]]:
    """Edges between dispatches and other work, by their entry points or names."""
    facts = BlockFacts(body_of(function(body, result)))
    works = [op for op, works in zip(facts.ops, facts.precedence.works, strict=True) if works]
    found = (edge for op in works for edge in facts.precedence.ins[facts.index[op]])
    return {(entry(facts.ops[e.before]), entry(facts.ops[e.after]), e.distance) for e in found}


def write(name: str, target: str, start: str, end: str, length: str = "%c64") -> str:
    """One line: a dispatch that changes a part of `target` in place."""
    return dispatch(name, target, tied=target, part=f"{start} to {end} for {length}")


def test_a_reader_waits_for_what_it_reads() -> None:
    assert edges_of(dispatch("%a", "%arg") + dispatch("%b", "%a"), "%b") == {("a", "b", 1)}


def test_readers_of_one_value_are_nothing_to_each_other() -> None:
    body = dispatch("%a", "%arg") + dispatch("%b", "%arg") + dispatch("%c", "%a", "%b")
    assert edges_of(body, "%c") == {("a", "c", 1), ("b", "c", 1)}


def test_writes_of_different_bytes_may_run_at_once_but_keep_their_order() -> None:
    body = dispatch("%s", "%arg") + write("%a", "%s", "%c0", "%c64") + write("%b", "%a", "%c64", "%c128")
    assert edges_of(body, "%b") == {("s", "a", 1), ("s", "b", 1), ("a", "b", 0)}


def test_numbers_tell_more_than_names() -> None:
    """[0, 64) and [96, 128) share no bound; IREE takes them to be in conflict."""
    head = "  %c96 = arith.constant 96 : index\n  %c32 = arith.constant 32 : index\n"
    body = head + dispatch("%s", "%arg") + write("%a", "%s", "%c0", "%c64") + write("%b", "%a", "%c96", "%c128", "%c32")
    assert ("a", "b", 0) in edges_of(body, "%b")


def test_of_bounds_without_a_number_only_the_same_one_is_known_to_meet() -> None:
    head = "  %n = util.optimization_barrier %c64 : index\n  %m = util.optimization_barrier %c64 : index\n"
    begin = head + dispatch("%s", "%arg") + write("%a", "%s", "%c0", "%n", "%n")
    assert ("a", "b", 0) in edges_of(begin + write("%b", "%a", "%n", "%c128", "%n"), "%b")
    assert ("a", "b", 1) in edges_of(begin + write("%b", "%a", "%m", "%c128", "%m"), "%b")


def test_a_write_hides_only_what_it_covers() -> None:
    for start, end in (("%c0", "%c64"), ("%c64", "%c128")):
        rest = "%c64 to %c128" if start == "%c0" else "%c0 to %c64"
        part = dispatch("%s", "%arg") + write("%a", "%s", "%c0", "%c128", "%c128") + write("%b", "%a", start, end)
        assert {("a", "c", 1), ("b", "c", 0)} <= edges_of(part + dispatch("%c", "%b", part=f"{rest} for %c64"), "%c")
    whole = dispatch("%s", "%arg") + write("%a", "%s", "%c0", "%c64") + write("%b", "%a", "%c0", "%c128", "%c128")
    found = edges_of(whole + dispatch("%c", "%b", part="%c0 to %c64 for %c64"), "%c")
    assert ("b", "c", 1) in found
    assert not any(edge[:2] == ("a", "c") for edge in found)


def test_storage_is_followed_through_ties() -> None:
    """%low reads [0, 64) of what %b, two values later, overwrites there: IREE sees two different resources."""
    body = (
        dispatch("%s", "%arg")
        + dispatch("%low", "%s", part="%c0 to %c64 for %c64")
        + write("%a", "%s", "%c64", "%c128")
        + write("%b", "%a", "%c0", "%c64")
        + dispatch("%d", "%low", "%b")
    )
    found = edges_of(body, "%d")
    assert ("low", "b", 1) in found
    assert not any(edge[:2] == ("low", "a") for edge in found)


def test_many_writes_of_different_bytes_end_in_a_fence() -> None:
    """Beyond some number the next write waits for all, so that their pairs are not all looked at."""
    count = 600
    constants = "".join(f"  %p{i} = arith.constant {i * 64} : index\n" for i in range(count + 1))
    chain = "".join(write(f"%f{i}", f"%f{i - 1}" if i else "%arg", f"%p{i}", f"%p{i + 1}") for i in range(count))
    facts = BlockFacts(body_of(function(constants + chain, f"%f{count - 1}")))
    edges = sum(map(len, facts.precedence.ins))
    fenced = [edge for into in facts.precedence.ins for edge in into if edge.distance]
    assert edges < 4 * count
    assert fenced
