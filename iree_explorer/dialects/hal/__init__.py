"""The HAL dialect as far as programs before and during scheduling use it: buffer views, fences, devices, attributes."""

from xdsl.ir import Dialect

from iree_explorer.dialects.hal.affinity import DeviceAffinityAttr, DeviceOptimalAttr, DevicePromiseAttr
from iree_explorer.dialects.hal.attributes import (
    DeviceAliasAttr,
    DeviceFallbackAttr,
    DeviceOrdinalAttr,
    DeviceSelectAttr,
    DeviceTargetAttr,
    ExecutableTargetAttr,
)
from iree_explorer.dialects.hal.buffer_ops import BUFFER_OPS
from iree_explorer.dialects.hal.device_ops import DEVICE_OPS
from iree_explorer.dialects.hal.executable_ops import EXECUTABLE_OPS
from iree_explorer.dialects.hal.export_ops import EXPORT_OPS
from iree_explorer.dialects.hal.fence_ops import FENCE_OPS
from iree_explorer.dialects.hal.interface_ops import INTERFACE_OPS
from iree_explorer.dialects.hal.program_ops import PROGRAM_OPS
from iree_explorer.dialects.hal.topology import (
    ABIConventionAttr,
    DescriptorTypeAttr,
    DeviceLinkAttr,
    DeviceTopologyAttr,
    ExecutableObjectAttr,
    ExecutableObjectsAttr,
    PipelineBindingAttr,
    PipelineLayoutAttr,
)
from iree_explorer.dialects.hal.types import HAL_TYPES

HAL = Dialect(
    "hal",
    [*BUFFER_OPS, *DEVICE_OPS, *EXECUTABLE_OPS, *EXPORT_OPS, *FENCE_OPS, *INTERFACE_OPS, *PROGRAM_OPS],
    [
        *HAL_TYPES,
        ABIConventionAttr,
        DescriptorTypeAttr,
        DeviceAffinityAttr,
        DeviceAliasAttr,
        DeviceFallbackAttr,
        DeviceLinkAttr,
        DeviceOptimalAttr,
        DeviceOrdinalAttr,
        DevicePromiseAttr,
        DeviceSelectAttr,
        DeviceTargetAttr,
        DeviceTopologyAttr,
        ExecutableObjectAttr,
        ExecutableObjectsAttr,
        ExecutableTargetAttr,
        PipelineBindingAttr,
        PipelineLayoutAttr,
    ],
)
