"""Random programs, valid by construction: what the scheduling passes can meet, in every combination.

`program(seed)` is the same text for the same seed. Each statement is a function that draws what it needs from the values
in scope, writes lines, and adds what it makes to the scope; `module.STATEMENTS` is all of them.
"""

from tests.conformance.generator.module import program

__all__ = ["program"]
