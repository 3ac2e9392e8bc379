"""What is computed once for a device and its queues. IREE: HALOps.td, HAL_DeviceMemoizeOp."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import override
from xdsl.ir import Region, SSAValue
from xdsl.irdl import IRDLOperation, operand_def, region_def, traits_def, var_result_def
from xdsl.traits import RecursiveMemoryEffect

from iree_explorer.dialects.hal.constraints import DEVICE, I64
from iree_explorer.dialects.hal.executable_ops import ReturnOp
from iree_explorer.ir.assembly.format_directives import ImplicitTerminatorRegion
from iree_explorer.ir.block_traits import SingleBlockImplicitTerminator
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces.control_flow import RegionBranchOpInterface


@irdl_op_definition
class DeviceMemoizeOp(IRDLOperation, RegionBranchOpInterface):
    """Runs its region once for each device and set of queues; after that its results are those of the first time."""

    name = "hal.device.memoize"

    device = operand_def(DEVICE)
    queue_affinity = operand_def(I64)
    results_ = var_result_def()
    body = region_def()

    traits = traits_def(RecursiveMemoryEffect(), SingleBlockImplicitTerminator(ReturnOp))
    custom_directives = (ImplicitTerminatorRegion,)
    assembly_format = (
        "`<` $device `:` type($device) `>` `affinity` `(` $queue_affinity `)` `->` type($results_) "
        "attr-dict-with-keyword custom<ImplicitTerminatorRegion>($body)"
    )

    @override
    def successor_regions(self, source: Region | None) -> Sequence[Region | None]:
        return self.regions if source is None else (None,)

    @override
    def successor_inputs(self, target: Region | None) -> Sequence[SSAValue]:
        return self.results if target is None else ()
