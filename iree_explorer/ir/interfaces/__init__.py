"""What ops, types and attributes can be asked: MLIR's and IREE's interfaces as mix-in classes.

An op implements an interface by naming the mix-in among its bases; ask with `isinstance`. A method answers with
IREE's semantics; where IREE reads an inherent attribute or an operand group of a fixed name, so does the default
here (`affinity`, `tied_operands`, `await_timepoint`, `result_timepoint`). Default methods suit most ops.
"""

from iree_explorer.ir.interfaces.control_flow import ClosureOpInterface
from iree_explorer.ir.interfaces.effects import (
    is_memory_effect_free,
    is_pure,
    is_speculatable,
    would_be_trivially_dead,
)
from iree_explorer.ir.interfaces.globals import GlobalLoadOpInterface, GlobalOpInterface, GlobalStoreOpInterface
from iree_explorer.ir.interfaces.naming import (
    ASM_RESULT_NAMES,
    OpAsmOpInterface,
    PrintsAroundRegion,
    ResultNamer,
    always_named,
)
from iree_explorer.ir.interfaces.resources import (
    AsyncAccessOpInterface,
    AsyncAccessRange,
    ResourceAccess,
    ShapeAwareOpInterface,
    SizeAwareOpInterface,
    SubviewEffectOpInterface,
    access_ranges_of,
    size_in_list,
)
from iree_explorer.ir.interfaces.scheduling import (
    AffinityOpInterface,
    HoistableOpInterface,
    StreamableOpInterface,
    StreamAffinityOp,
    TimelineAwareOpInterface,
    TimelineOpInterface,
    is_streamable,
    lookup_affinity,
    lookup_affinity_or_default,
    timepoints_awaited_by,
)
from iree_explorer.ir.interfaces.ties import (
    UNTIED,
    FirstOperandTied,
    TiedOpInterface,
    TiedResourcePassthrough,
    tied_base_value,
    tied_operands_attr,
)
from iree_explorer.ir.interfaces.types import (
    AffinityAttr,
    AliasedAttribute,
    GlobalType,
    SizeAwareType,
    are_compatible,
    can_execute_together,
    is_size_aware,
    number_of_sizes,
)
from iree_explorer.ir.storage import implements

__all__ = [
    "ASM_RESULT_NAMES",
    "UNTIED",
    "AffinityAttr",
    "AffinityOpInterface",
    "AliasedAttribute",
    "AsyncAccessOpInterface",
    "AsyncAccessRange",
    "ClosureOpInterface",
    "FirstOperandTied",
    "GlobalLoadOpInterface",
    "GlobalOpInterface",
    "GlobalStoreOpInterface",
    "GlobalType",
    "HoistableOpInterface",
    "OpAsmOpInterface",
    "PrintsAroundRegion",
    "ResourceAccess",
    "ResultNamer",
    "ShapeAwareOpInterface",
    "SizeAwareOpInterface",
    "SizeAwareType",
    "StreamAffinityOp",
    "StreamableOpInterface",
    "SubviewEffectOpInterface",
    "TiedOpInterface",
    "TiedResourcePassthrough",
    "TimelineAwareOpInterface",
    "TimelineOpInterface",
    "access_ranges_of",
    "always_named",
    "are_compatible",
    "can_execute_together",
    "implements",
    "is_memory_effect_free",
    "is_pure",
    "is_size_aware",
    "is_speculatable",
    "is_streamable",
    "lookup_affinity",
    "lookup_affinity_or_default",
    "number_of_sizes",
    "size_in_list",
    "tied_base_value",
    "tied_operands_attr",
    "timepoints_awaited_by",
    "would_be_trivially_dead",
]
