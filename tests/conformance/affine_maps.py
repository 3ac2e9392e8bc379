"""Functions of random affine maps, in and out of loops: what a clean-up composes, simplifies and orders."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Final

_CONSTANTS: Final = (0, 1, 2, 3, 4, 7, 8, 16, 64, 128, -1, -4)
_DIVISORS: Final = (1, 2, 3, 4, 8, 16, 64)


class _Writer:
    def __init__(self, seed: int) -> None:
        self.choose = random.Random(seed)
        self.lines: list[str] = []
        self.count = 0

    def add(self, op: str, depth: int) -> str:
        name = f"%v{self.count}"
        self.count += 1
        self.lines.append(f"{'  ' * depth}{name} = {op}")
        return name

    def block(self, depth: int, length: int, values: Sequence[str]) -> list[str]:
        """Ops at one depth, some of them loops; returns the values there are at its end."""
        known = list(values)
        for _ in range(length):
            chance = self.choose.random()
            if chance < 0.15 and depth < 3:
                self._loop(depth, known)
            elif chance < 0.25:
                known.append(self.add(f"arith.constant {self.choose.choice(_CONSTANTS)} : index", depth))
            elif chance < 0.33:
                known.append(self.add(f"arith.addi {self.value(known)}, {self.value(known)} : index", depth))
            else:
                known.append(self.add(self._op(known), depth))
        return known

    def value(self, known: Sequence[str]) -> str:
        return self.choose.choice(known[-5:] if self.choose.random() < 0.6 else known)

    def _loop(self, depth: int, known: list[str]) -> None:
        space, index = "  " * depth, f"%i{self.count}"
        self.count += 1
        bounds = [self.value(known) for _ in range(3)]
        self.lines.append(f"{space}scf.for {index} = {bounds[0]} to {bounds[1]} step {bounds[2]} {{")
        inner = self.block(depth + 1, self.choose.choice((2, 4)), [*known, index])
        self.lines += [f'{space}  "x.use"({inner[-1]}, {inner[-2]}) : (index, index) -> ()', f"{space}}}"]

    def _op(self, known: Sequence[str]) -> str:
        kind = self.choose.choice(("apply", "apply", "apply", "min", "max"))
        dims, symbols = self.choose.choice((0, 1, 1, 2, 3)), self.choose.choice((0, 0, 1, 2))
        variables = [*(f"d{number}" for number in range(dims)), *(f"s{number}" for number in range(symbols))]
        count = 1 if kind == "apply" else self.choose.choice((1, 2, 2, 3))
        results = ", ".join(self._expression(variables, 3) for _ in range(count))
        head, tail = ", ".join(variables[:dims]), ", ".join(variables[dims:])
        of_dims = ", ".join(self.value(known) for _ in range(dims))
        # Symbols must not change in loops.
        of_symbols = ", ".join(self.choose.choice(("%a", "%b", "%c")) for _ in range(symbols))
        brackets = (f"[{tail}]", f"[{of_symbols}]") if symbols else ("", "")
        return f"affine.{kind} affine_map<({head}){brackets[0]} -> ({results})>({of_dims}){brackets[1]}"

    def _expression(self, variables: Sequence[str], depth: int) -> str:
        if depth == 0 or self.choose.random() < 0.3:
            is_variable = variables and self.choose.random() < 0.75
            return self.choose.choice(variables) if is_variable else str(self.choose.choice(_CONSTANTS))
        inner = self._expression(variables, depth - 1)
        kind = self.choose.choice(("+", "+", "-", "*", "floordiv", "ceildiv", "mod"))
        if kind in "+-":
            return f"({inner} {kind} {self._expression(variables, depth - 1)})"
        symbols = [variable for variable in variables if variable.startswith("s")]
        if symbols and self.choose.random() < 0.3:
            return f"({inner} {kind} {self.choose.choice(symbols)})"
        return f"({inner} {kind} {self.choose.choice(_CONSTANTS if kind == '*' else _DIVISORS)})"


def affine_maps(seed: int) -> str:
    """The program of a seed: one function, which returns the last values."""
    writer = _Writer(seed)
    values = writer.block(1, writer.choose.choice((2, 5, 12)), ["%a", "%b", "%c"])[-3:]
    types = ", ".join(["index"] * len(values))
    head = f"util.func public @f(%a: index, %b: index, %c: index) -> ({types}) {{"
    return "\n".join([head, *writer.lines, f"  util.return {', '.join(values)} : {types}", "}", ""])
