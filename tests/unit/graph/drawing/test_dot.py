import re

from hypothesis import given, settings
from hypothesis import strategies as st

from iree_explorer.graph import Graph, dot_text
from tests.unit.graph.generated import HOSTILE, graphs
from tests.unit.graph.layout.test_collapse import chain

STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


@settings(max_examples=40)
@given(graphs(st.sampled_from(HOSTILE) | st.text(max_size=40)))
def test_hostile_names_stay_inside_their_strings(graph: Graph) -> None:
    text = dot_text(graph)
    assert all(len(line) < 4000 for line in text.splitlines())
    bare = STRING.sub("", text)
    assert '"' not in bare
    assert re.fullmatch(r"[\w\s{}\[\],;=\-.#>]*", bare)
    assert bare.count("{") == bare.count("}")
    assert bare.count("->") == len(graph.edges)


def test_graphviz_escapes_in_names_are_text() -> None:
    text = dot_text(Graph("\\N\\G&lt;"))
    assert r'label="@\\N\\G&amp;lt;"' in text


def test_regions_and_waves_are_clusters() -> None:
    text = dot_text(chain(6, 2))
    assert text.count("subgraph cluster_") == 2 + 6
    assert 'label="wave 2"' in text


def test_a_folded_graph_says_so_in_its_label() -> None:
    assert "1,000 of 1,000 ops are folded into 40 boxes" in dot_text(chain(1000, 1))
