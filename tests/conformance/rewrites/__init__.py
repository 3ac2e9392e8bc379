"""What becomes of each op of a generated program so that it runs: a table of functions, by the op's name."""

from tests.conformance.rewrites import control, parameters, streamable
from tests.conformance.rewrites.streamable import copied, nothing

REWRITES = {**streamable.REWRITES, **parameters.REWRITES, **control.REWRITES}

__all__ = ["REWRITES", "copied", "nothing"]
