import pytest
from hypothesis import given
from hypothesis import strategies as st
from xdsl.ir import Attribute

from iree_explorer.dialects.stream.attributes import Favor, PartitioningConfigAttr
from iree_explorer.dialects.stream.types import Lifetime, ResourceType
from iree_explorer.errors import SourceError
from iree_explorer.ir.interfaces import AliasedAttribute, GlobalType, SizeAwareType
from iree_explorer.syntax import parse, print_module


def attribute(text: str) -> Attribute:
    (function,) = parse(f"util.func private @f() attributes {{a = {text}}}\n").op.ops
    return function.attributes["a"]


def printed(text: str) -> str:
    """The attribute as it prints, with its alias written out."""
    program = print_module(parse(f"util.func private @f() attributes {{a = {text}}}\n").op)
    value = program.rpartition("attributes {a = ")[2].partition("}\n}")[0]
    aliases = dict(line.split(" = ", 1) for line in program.splitlines() if line.startswith("#"))
    return aliases.get(value, value)


def identifiers() -> st.SearchStrategy[str]:
    return st.from_regex(r"[a-z_][a-z0-9_]*", fullmatch=True)


@pytest.mark.parametrize("dialect", ["flow", "stream"])
def test_parameters_are_the_same_where_scope_key_and_type_are(dialect: str) -> None:
    texts = [
        f"#{dialect}.parameter.named<{reference}> : {type_}"
        for reference in ('"a"', '"b"', '"s"::"a"', '"s"::"a", {n = 1 : i32}')
        for type_ in ("tensor<4xf32>", "tensor<4xi32>")
    ]
    assert [printed(text) for text in texts] == texts
    assert len({attribute(text) for text in texts}) == len(texts)
    assert [attribute(text) for text in texts] == [attribute(text) for text in texts]


@given(st.sampled_from(["affinity", "promise"]), identifiers(), st.sets(st.integers(0, 63)))
def test_queues(kind: str, device: str, queues: set[int]) -> None:
    chosen = f", [{', '.join(map(str, sorted(queues)))}]" if queues else ""
    text = f"#hal.device.{kind}<@{device}{chosen}>"
    assert printed(text) == text
    assert attribute(text) == attribute(text.replace(", [", ",["))


def test_all_queues_are_no_queues() -> None:
    every = ", ".join(str(queue) for queue in range(64))
    assert printed(f"#hal.device.affinity<@a, [{every}]>") == "#hal.device.affinity<@a>"


# A quirk of IREE that is kept: it prints the favor in a form that it does not read.
@pytest.mark.parametrize(
    ("text", "favor", "prints"),
    [
        ('"debug"', Favor.DEBUG, "favor-debug"),
        ('"min-peak-memory"', Favor.MIN_PEAK_MEMORY, "favor-min-peak-memory"),
        ('"max-concurrency"', Favor.MAX_CONCURRENCY, "favor-max-concurrency"),
    ],
)
def test_partitioning_config(text: str, favor: Favor, prints: str) -> None:
    found = attribute(f"#stream.partitioning_config<{text}>")
    assert isinstance(found, PartitioningConfigAttr)
    assert found.data is favor
    assert printed(f"#stream.partitioning_config<{text}>") == f"#stream.partitioning_config<{prints}>"


@pytest.mark.parametrize("lifetime", list(Lifetime))
def test_lifetimes(lifetime: Lifetime) -> None:
    program = f"module {{\n  util.global private mutable @r : !stream.resource<{lifetime}>\n}}\n"
    module = parse(program).op
    assert print_module(module) == program
    type_ = ResourceType(lifetime)
    assert isinstance(type_, SizeAwareType)
    assert isinstance(type_, GlobalType)
    assert type_.lifetime is lifetime
    assert all(type_.is_access_storage_compatible(ResourceType(other)) for other in Lifetime)


@given(identifiers().filter(lambda word: word not in set(Lifetime)))
def test_no_other_lifetimes(word: str) -> None:
    with pytest.raises(SourceError, match=f"unknown lifetime value: {word}"):
        parse(f"util.global private mutable @r : !stream.resource<{word}>\n")


@given(identifiers(), identifiers(), st.integers(0, 9))
def test_names_of_aliases(device: str, format_: str, ordinal: int) -> None:
    target = attribute(f'#hal.executable.target<"backend", "{format_}">')
    assert isinstance(target, AliasedAttribute)
    assert target.alias_name() == f"executable_target_{format_}"
    found = attribute(f'#hal.device.target<"{device}", {{ordinal = {ordinal} : index}}> : !hal.device')
    assert isinstance(found, AliasedAttribute)
    assert found.alias_name() == f"device_target_{device}_{ordinal}_"


@given(st.lists(st.integers(0, 255), min_size=1, max_size=4))
def test_composites_are_aliased_by_size(values: list[int]) -> None:
    parts = ", ".join(f"dense<{value}> : tensor<1xi8>" for value in values)
    found = attribute(f"#util.composite<{len(values)}xi8, [{parts}]>")
    assert isinstance(found, AliasedAttribute)
    assert found.alias_name() == f"composite_of_{len(values)}b"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("#iree_gpu.lowering_config<{b=[2], a=1}>", "#iree_gpu.lowering_config<{a = 1 : i64, b = [2]}>"),
        (
            "#iree_cpu.lowering_config<vector={sizes=[4, [8]]}, cache = [1, 0], b = #iree_gpu.lane_id<0>>",
            "#iree_cpu.lowering_config<b = #iree_gpu.lane_id<0>, cache = [1, 0], vector = {sizes = [4, [8]]}>",
        ),
        (
            "#iree_codegen.translation_info<pipeline=#iree_cpu.pipeline<A> workgroup_size = [4], {b, a=1}>",
            "#iree_codegen.translation_info<pipeline = #iree_cpu.pipeline<A> workgroup_size = [4], {a = 1 : i64, b}>",
        ),
    ],
)
def test_dictionaries_of_code_generators_are_sorted(written: str, expected: str) -> None:
    assert printed(written) == expected


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("array[<udiv = 256>, <>]", "array[<udiv = 256>, <>]"),
        ("array[#util.int.assumption<umin = 1>]", "array[<umin = 1>]"),
        ("multi_array[]", "multi_array[]"),
        (
            "multi_array[[<udiv = 4>], [<umin = 1, umax = 3>, <>], []]",
            "multi_array[[<udiv = 4>], [<umin = 1, umax = 3>, <>], []]",
        ),
    ],
)
def test_rows_of_assumptions(written: str, printed: str) -> None:
    module = parse(f"module attributes {{a.b = #util<int.assumption.{written}>}} {{}}")
    assert f"a.b = #util<int.assumption.{printed}>" in print_module(module.op)
