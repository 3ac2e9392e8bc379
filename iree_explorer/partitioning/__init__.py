"""Which ops run together, and why. Nothing here changes IR."""

from iree_explorer.partitioning.partitioner import (
    Config,
    Partitioner,
    find_partitioner,
    partitioner_names,
    register_partitioner,
)

__all__ = ["Config", "Partitioner", "find_partitioner", "partitioner_names", "register_partitioner"]
