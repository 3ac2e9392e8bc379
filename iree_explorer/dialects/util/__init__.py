"""The util dialect: functions, globals and helpers of host programs."""

from xdsl.ir import Dialect

from iree_explorer.dialects.util import attributes as _attributes
from iree_explorer.dialects.util import types as _types
from iree_explorer.dialects.util.buffer_ops import BUFFER_OPS
from iree_explorer.dialects.util.container_ops import CONTAINER_OPS
from iree_explorer.dialects.util.functions import (
    CallOp,
    FuncOp,
    HoistableConversionOp,
    InitializerOp,
    ReturnOp,
    SCFUnreachableOp,
    UnreachableOp,
)
from iree_explorer.dialects.util.globals import (
    GlobalAddressOp,
    GlobalLoadIndirectOp,
    GlobalLoadOp,
    GlobalOp,
    GlobalStoreIndirectOp,
    GlobalStoreOp,
)
from iree_explorer.dialects.util.hint_ops import (
    AssumeIntOp,
    NumericOptionalNarrowOp,
    OptimizationBarrierOp,
    UnfoldableConstantOp,
)
from iree_explorer.dialects.util.value_ops import (
    AlignOp,
    CastOp,
    CmpEQOp,
    CmpNEOp,
    NullOp,
    RangeExtentsOp,
    RangeMaxOp,
    RangeMinOp,
    SizeOfOp,
    SwitchOp,
)

Util = Dialect(
    "util",
    [
        AlignOp,
        AssumeIntOp,
        CallOp,
        CastOp,
        CmpEQOp,
        CmpNEOp,
        FuncOp,
        GlobalAddressOp,
        GlobalLoadIndirectOp,
        GlobalLoadOp,
        GlobalOp,
        GlobalStoreIndirectOp,
        GlobalStoreOp,
        HoistableConversionOp,
        InitializerOp,
        NullOp,
        NumericOptionalNarrowOp,
        OptimizationBarrierOp,
        RangeExtentsOp,
        RangeMaxOp,
        RangeMinOp,
        ReturnOp,
        SCFUnreachableOp,
        SizeOfOp,
        SwitchOp,
        UnfoldableConstantOp,
        UnreachableOp,
        *BUFFER_OPS,
        *CONTAINER_OPS,
    ],
    [
        _types.BufferType,
        _types.ListType,
        _types.ObjectType,
        _types.PtrType,
        _types.UnusedType,
        _types.VariantType,
        _attributes.BytePatternAttr,
        _attributes.ByteRangeAttr,
        _attributes.CompositeAttr,
        _attributes.InlineAlwaysAttr,
        _attributes.InlineNeverAttr,
        _attributes.IntAssumptionAttr,
        _attributes.NullAttr,
        _attributes.PreprocessingPipelineAttr,
        _attributes.UninitializedAttr,
    ],
)
