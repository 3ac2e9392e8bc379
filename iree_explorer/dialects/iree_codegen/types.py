"""The types of the `iree_codegen` dialect. IREE: IREECodegenTypes.td."""

from xdsl.ir import ParametrizedAttribute, TypeAttribute
from xdsl.irdl import irdl_attr_definition


@irdl_attr_definition
class NullPointerType(ParametrizedAttribute, TypeAttribute):
    """`!iree_codegen.null_pointer`: a pointer to nothing."""

    name = "iree_codegen.null_pointer"
