"""The `iree_codegen` dialect: what kernels have while code is generated for them. IREE: IREECodegenOps.td, IREECodegenAttrs.td."""

from iree_explorer.ir.late_dialect import LateDialect

IREECodegen = LateDialect(
    "iree_codegen",
    __name__,
    operations={
        "inner_tiled": "inner_tiled",
        "hint_ops": "extract_strided_metadata index_hint null_pointer swizzle_hint",
        "ops": (
            "dispatch_config fusion_barrier load_from_buffer query_tile_sizes store_to_buffer ukernel.generic "
            "workgroup_count_hint yield"
        ),
    },
    attributes={
        "attributes": (
            "compilation_info export_config local_mapping lowering_config lowering_config_level no_pipeline "
            "pass_pipeline root_op rotate_rows simple_target smt.int_knob smt.one_of_knob "
            "symbolic_ukernel_provider transform_dialect_codegen translation_info ukernel_descriptor "
            "vmvx_pipeline workgroup_local workgroup_mapping workgroup_scope xor_shuffle"
        ),
        "types": "null_pointer",
    },
)
