"""The iree_linalg_ext dialect on numpy arrays."""

from iree_explorer.execution.code.scope import Scope, Table
from iree_explorer.execution.kernels.linalg_ext.attention import ATTENTION
from iree_explorer.execution.kernels.linalg_ext.bodies import BODIES
from iree_explorer.execution.kernels.linalg_ext.im2col import IM2COL
from iree_explorer.execution.kernels.linalg_ext.indexed import INDEXED
from iree_explorer.execution.kernels.linalg_ext.ordered import ORDERED
from iree_explorer.execution.kernels.linalg_ext.topk import TOPK
from iree_explorer.execution.kernels.linalg_ext.transforms import TRANSFORMS

LINALG_EXT: Table[Scope] = Table(ATTENTION, BODIES, IM2COL, INDEXED, ORDERED, TOPK, TRANSFORMS)
