"""The util dialect: functions, globals and helpers of host programs."""

from iree_explorer.ir.late_dialect import LateDialect

Util = LateDialect(
    "util",
    __name__,
    operations={
        "buffer_ops": (
            "buffer.alloc buffer.compare buffer.constant buffer.copy buffer.dealloc buffer.fill buffer.hash "
            "buffer.load buffer.size buffer.slice buffer.storage buffer.store buffer.subspan"
        ),
        "container_ops": (
            "list.construct list.create list.get list.resize list.set list.size status.check_ok string.format "
            "string.itoa"
        ),
        "functions": "call func hoistable_conversion initializer return scf.unreachable unreachable",
        "globals": "global global.address global.load global.load.indirect global.store global.store.indirect",
        "hint_ops": "assume.int numeric.optional_narrow optimization_barrier unfoldable_constant",
        "value_ops": "align cast cmp.eq cmp.ne null range.extents range.max range.min sizeof switch",
    },
    attributes={
        "attributes": (
            "byte_pattern byte_range composite inline.always inline.never int.assumption int.assumption.array "
            "int.assumption.multi_array null preprocessing_pipeline uninitialized"
        ),
        "types": "buffer list object ptr unused variant",
    },
)
