"""Functions of random arithmetic on constants and arguments: what a clean-up folds, moves and makes unique."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Final

_INTEGERS: Final = ("i1", "i8", "i32", "i64", "index")
_FLOATS: Final = ("f16", "bf16", "f32", "f64")
_NUMBERS: Final = {
    "float": ("0.0", "1.0", "-1.0", "2.5", "-0.0", "0.5", "3.0"),
    "i1": ("true", "false"),
    "integer": tuple(map(str, (0, 1, -1, 2, 3, 4, 5, 7, 8, 16, 100, -128, 127, -2, -5))),
}
_BINARY: Final = (
    "addi", "subi", "muli", "divsi", "divui", "ceildivsi", "ceildivui", "floordivsi", "remsi", "remui", "andi", "ori",
    "xori", "shli", "shrsi", "shrui", "maxsi", "maxui", "minsi", "minui",
)  # fmt: skip
_COMPARISONS: Final = ("eq", "ne", "slt", "sle", "sgt", "sge", "ult", "ule", "ugt", "uge")
_FLOAT_BINARY: Final = ("addf", "subf", "mulf", "divf", "remf", "maximumf", "minimumf", "maxnumf", "minnumf")
_FLOAT_COMPARISONS: Final = (
    "false", "oeq", "ogt", "oge", "olt", "ole", "one", "ord", "ueq", "ugt", "uge", "ult", "ule", "une", "uno", "true",
)  # fmt: skip
_FASTMATH: Final = (
    "",
    "",
    "",
    "",
    " fastmath<fast>",
    " fastmath<nnan>",
    " fastmath<contract>",
    " fastmath<reassoc,nsz>",
)
_OVERFLOW: Final = ("", "", "", "", "", " overflow<nsw>", " overflow<nuw>", " overflow<nsw, nuw>")
_CASTS: Final = (
    *(("extsi", a, b) for a, b in (("i1", "i8"), ("i1", "i32"), ("i8", "i32"), ("i8", "i64"), ("i32", "i64"))),
    *(("extui", a, b) for a, b in (("i1", "i8"), ("i1", "i64"), ("i8", "i32"), ("i8", "i64"), ("i32", "i64"))),
    *(("trunci", a, b) for a, b in (("i64", "i32"), ("i64", "i8"), ("i32", "i8"), ("i32", "i1"), ("i8", "i1"))),
    *((f"index_cast{u}", a, b) for u in ("", "ui") for a, b in (("index", "i32"), ("i64", "index"), ("i8", "index"))),
    *(("bitcast", a, b) for a, b in (("i32", "f32"), ("f32", "i32"), ("f64", "i64"), ("i64", "f64"))),
    *((f"{s}itofp", a, b) for s in "su" for a in ("i1", "i8", "i32", "i64") for b in _FLOATS),
    *((f"fpto{s}i", a, b) for s in "su" for a in _FLOATS for b in ("i8", "i32", "i64")),
    *(("extf", a, b) for a, b in (("f16", "f32"), ("bf16", "f32"), ("f32", "f64"), ("f16", "f64"))),
    *(("truncf", a, b) for a, b in (("f32", "f16"), ("f32", "bf16"), ("f64", "f32"), ("f64", "f16"))),
)
_FUNCTIONS: Final = (
    "absf", "atan", "cbrt", "ceil", "cos", "erf", "exp", "exp2", "expm1", "floor", "log", "log10", "log1p", "log2", "round",
    "roundeven", "rsqrt", "sin", "sqrt", "tan", "tanh", "trunc",
)  # fmt: skip


class _Writer:
    def __init__(self, seed: int) -> None:
        self.choose = random.Random(seed)
        self.lines: list[str] = []
        self.values: dict[str, list[str]] = {type_: [] for type_ in (*_INTEGERS, *_FLOATS)}

    def one_of(self, choices: Sequence[str]) -> str:
        return self.choose.choice(choices)

    def value(self, type_: str) -> str:
        return self.one_of(self.values[type_][-6:] if self.choose.random() < 0.7 else self.values[type_])

    def constant(self, type_: str) -> None:
        kind = "float" if type_ in _FLOATS else "i1" if type_ == "i1" else "integer"
        self.add(f"arith.constant {self.one_of(_NUMBERS[kind])}{'' if type_ == 'i1' else f' : {type_}'}", type_)

    def add(self, op: str, type_: str) -> None:
        name = f"%v{len(self.lines)}"
        self.lines.append(f"  {name} = {op}")
        self.values[type_].append(name)

    def op(self) -> None:
        """A random op on values that there are."""
        self.choose.choice((
            self._cast, self._cast, self._compare, self._float, self._float, self._float_function, self._integer,
            self._integer, self._integer, self._select,
            lambda: self.constant(self.one_of((*_INTEGERS, *_FLOATS))),
        ))()  # fmt: skip

    def _integer(self) -> None:
        type_, op = self.one_of((*_INTEGERS, "index", "i32")), self.one_of(_BINARY)
        flags = self.one_of(_OVERFLOW) if op in ("addi", "subi", "muli", "shli") else ""
        self.add(f"arith.{op} {self.value(type_)}, {self.value(type_)}{flags} : {type_}", type_)

    def _compare(self) -> None:
        type_ = self.one_of((*_INTEGERS, *_FLOATS))
        op, predicates = ("cmpf", _FLOAT_COMPARISONS) if type_ in _FLOATS else ("cmpi", _COMPARISONS)
        self.add(f"arith.{op} {self.one_of(predicates)}, {self.value(type_)}, {self.value(type_)} : {type_}", "i1")

    def _select(self) -> None:
        type_ = self.one_of((*_INTEGERS, *_FLOATS))
        self.add(f"arith.select {self.value('i1')}, {self.value(type_)}, {self.value(type_)} : {type_}", type_)

    def _cast(self) -> None:
        op, source, target = self.choose.choice(_CASTS)
        self.add(f"arith.{op} {self.value(source)} : {source} to {target}", target)

    def _float(self) -> None:
        type_, flags = self.one_of(_FLOATS), self.one_of(_FASTMATH)
        if self.choose.random() < 0.1:
            self.add(f"arith.negf {self.value(type_)}{flags} : {type_}", type_)
            return
        self.add(f"arith.{self.one_of(_FLOAT_BINARY)} {self.value(type_)}, {self.value(type_)}{flags} : {type_}", type_)

    def _float_function(self) -> None:
        type_, flags = self.one_of(_FLOATS), self.one_of(_FASTMATH)
        self.add(f"math.{self.one_of(_FUNCTIONS)} {self.value(type_)}{flags} : {type_}", type_)


def arithmetic(seed: int) -> str:
    """The program of a seed: one function, which returns the last values of each type."""
    writer = _Writer(seed)
    arguments = [(f"%a{number}", type_) for number, type_ in enumerate((*_INTEGERS, *_FLOATS) * 2)]
    for name, type_ in arguments:
        writer.values[type_].append(name)
    for type_ in (*_INTEGERS, *_FLOATS) * 2:
        writer.constant(type_)
    for _ in range(writer.choose.choice((3, 8, 20, 40))):
        writer.op()
    results = [(name, type_) for type_, names in writer.values.items() for name in names[-3:]]
    types = ", ".join(type_ for _, type_ in results)
    head = f"util.func public @f({', '.join(f'{name}: {type_}' for name, type_ in arguments)}) -> ({types})"
    tail = f"  util.return {', '.join(name for name, _ in results)} : {types}"
    return "\n".join([f"{head} {{", *writer.lines, tail, "}", ""])
