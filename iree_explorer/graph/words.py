"""What a node says of its op: a kind, a label and a few words more."""

from __future__ import annotations

import re

from xdsl.dialects.builtin import ArrayAttr, StringAttr, SymbolRefAttr
from xdsl.ir import Attribute, BlockArgument, Operation, SSAValue

from iree_explorer.analysis.op_facts import affinity_text
from iree_explorer.analysis.values import constant_of, value_size
from iree_explorer.dialects.stream.types import ResourceType
from iree_explorer.graph.model import NodeKind
from iree_explorer.ir.interfaces import SizeAwareOpInterface
from iree_explorer.partitioning.trace.reasons import place_name

_KINDS: dict[str, NodeKind] = {
    "stream.async.dispatch": "dispatch",
    "stream.async.call": "dispatch",
    "stream.async.copy": "copy",
    "stream.async.splat": "fill",
    "stream.async.fill": "fill",
    "stream.async.constant": "constant",
    "stream.async.parameter.load": "constant",
    "stream.async.parameter.read": "constant",
    "stream.async.transfer": "transfer",
    "stream.async.collective": "transfer",
    "stream.async.update": "update",
    "stream.async.store": "update",
    "stream.async.slice": "slice",
    "stream.async.load": "host",
    "stream.async.clone": "clone",
    "stream.async.alloca": "alloca",
}
_NUMBERED = re.compile(r"dispatch_\d+$")
_GROUPS = ("stream.async.", "stream.tensor.", "stream.resource.")


def kind_of(op: Operation, *, on_host: bool) -> NodeKind:
    """What the op does; an op between the regions that is no work for a device is the host's."""
    known = _KINDS.get(op.name)
    if known is not None:
        return known
    return "host" if on_host else "other"


def label_of(op: Operation) -> str:
    """A dispatch's export, a call's callee, else the op's name without its dialect (and `async` or `tensor`)."""
    target = _called(op)
    if target is not None:
        executable = target.root_reference.data
        # Where the compiler numbers executables, it begins an export's name with that of its executable, which the detail tells.
        return _leaf(target).removeprefix(f"{executable}_") if _NUMBERED.search(executable) else _leaf(target)
    for group in _GROUPS:
        if op.name.startswith(group):
            return op.name.removeprefix(group)
    return _short(op.name)


def detail_of(op: Operation) -> str:
    """A few words that tell the op from others of its name; empty where there are none."""
    target = _called(op)
    if target is not None:
        return f"@{target.root_reference.data}" if target.nested_references.data else _short(op.name)
    if op.name == "stream.async.splat":
        return _value_words(op.operands[-2]) if len(op.operands) > 1 else ""
    if op.name in ("stream.async.transfer", "stream.async.clone"):
        return _lifetimes(op)
    for name in ("global", "source_encoding", "target_encoding", "result_encoding", "value", "message"):
        found = op.properties.get(name) or op.attributes.get(name)
        if found is not None:
            return _attribute_words(found)
    plain = [str(result.type) for result in op.results if not isinstance(result.type, ResourceType)]
    return ", ".join(plain)


def affinity_words(affinity: Attribute | None) -> str:
    """An affinity as a reader knows it, such as `@device_0`; empty for None."""
    if affinity is None:
        return ""
    return place_name(affinity_text(affinity))


def size_of(op: Operation) -> int | None:
    """Bytes of all that the op makes; None where it makes nothing, or not all of it is a constant."""
    if not isinstance(op, SizeAwareOpInterface):
        return None
    sizes = [value_size(result) for result in op.results if isinstance(result.type, ResourceType)]
    known = [size for size in sizes if size is not None]
    return sum(known) if known and len(known) == len(sizes) else None


def _called(op: Operation) -> SymbolRefAttr | None:
    """The symbol that the op calls; of several entry points the first."""
    found = op.properties.get("entry_points") or op.properties.get("callee")
    if isinstance(found, ArrayAttr) and found.data:
        found = found.data[0]
    return found if isinstance(found, SymbolRefAttr) else None


def _leaf(symbol: SymbolRefAttr) -> str:
    return symbol.nested_references.data[-1].data if symbol.nested_references.data else symbol.root_reference.data


def _short(name: str) -> str:
    """`tensor.import` of `stream.tensor.import`: the name without its dialect."""
    return name.partition(".")[2] or name


def _lifetimes(op: Operation) -> str:
    """Where a resource goes: between devices, if the op names any, else from lifetime to lifetime."""
    places = [affinity_words(op.properties.get(name)) for name in ("source_affinity", "target_affinity")]
    if any(places):
        return " → ".join(place or "here" for place in places)
    source, result = op.operands[0].type, op.results[0].type
    if not isinstance(source, ResourceType) or not isinstance(result, ResourceType):
        return ""
    return f"{source.lifetime.value} → {result.lifetime.value}"


def _value_words(value: SSAValue) -> str:
    constant = constant_of(value)
    if constant is not None:
        return f"{constant} : {value.type}"
    return f"{'argument' if isinstance(value, BlockArgument) else 'computed'} : {value.type}"


def _attribute_words(attribute: Attribute) -> str:
    if isinstance(attribute, SymbolRefAttr):
        return f"@{_leaf(attribute)}"
    if isinstance(attribute, StringAttr):
        return attribute.data
    found = getattr(attribute, "type", None)
    return str(found) if isinstance(found, Attribute) else str(attribute)[:80]
