"""The `iree_cpu` dialect: attributes of the CPU code generator, carried and not read. IREE: IREECPUAttrs.td."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.ir import Dialect
from xdsl.irdl import irdl_attr_definition

from iree_explorer.ir.interfaces import AliasedAttribute
from iree_explorer.ir.interfaces.encodings import EncodingResolver
from iree_explorer.ir.written_attribute import WrittenAttribute, written_attribute


@irdl_attr_definition
class CPUEncodingResolverAttr(EncodingResolver):
    """How encoded tensors are laid out on a CPU."""

    name = "iree_cpu.cpu_encoding_resolver"


@irdl_attr_definition
class VMVXEncodingResolverAttr(EncodingResolver):
    """How encoded tensors are laid out for the VMVX interpreter."""

    name = "iree_cpu.vmvx_encoding_resolver"


@irdl_attr_definition
class LoweringConfigAttr(WrittenAttribute, AliasedAttribute):
    """Tile sizes by level."""

    name = "iree_cpu.lowering_config"
    IS_DICTIONARY: ClassVar = True

    @override
    def alias_name(self) -> str:
        return "config"


_OTHERS = {
    "data_tiled_mma_layout": "How a matrix multiplication is laid out for one instruction.",
    "mma_semantics": "What a tiled op stands for.",
    "pipeline": "The code generator's pipeline.",
    "ukernel_provider": "Where microkernels come from.",
}

IREECPU = Dialect(
    "iree_cpu",
    [],
    [
        CPUEncodingResolverAttr,
        VMVXEncodingResolverAttr,
        LoweringConfigAttr,
        *[written_attribute(f"iree_cpu.{name}", summary) for name, summary in _OTHERS.items()],
    ],
)
