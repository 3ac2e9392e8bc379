"""What the verifier must know of ops whose rules are not local."""

from __future__ import annotations

from xdsl.ir import Operation


class ValueRules(Operation):
    """An op whose rules speak of which values its operands are: each is asked, also behind one of the same types and attributes."""
