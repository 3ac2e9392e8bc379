"""Where the rules of an op are looked for."""

import importlib
import pkgutil
from collections.abc import Iterator

from xdsl.ir import Operation, OpTraits

from iree_explorer.passes import canonicalize
from iree_explorer.passes.canonicalize.greedy.rules import OpRules, RuleBook


def _all_rules() -> Iterator[OpRules]:
    for module in pkgutil.walk_packages(canonicalize.__path__, f"{canonicalize.__name__}."):
        yield from getattr(importlib.import_module(module.name), "RULES", ())


def _named(name: str) -> type[Operation]:
    return type("Named", (Operation,), {"name": name, "traits": OpTraits(lambda: ())})


def test_every_op_of_which_a_file_has_rules_finds_them() -> None:
    rules = list(_all_rules())
    assert len(rules) > 100
    book = RuleBook()
    for each in rules:
        if each.fold is not None:
            assert book[_named(each.op)].fold is each.fold, each.op
        for pattern in each.patterns:
            assert pattern in book[_named(pattern.root or each.op)].patterns, (pattern.name, pattern.root or each.op)
