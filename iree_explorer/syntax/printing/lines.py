"""Text line by line, each line with the op it belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from typing_extensions import override
from xdsl.dialects.builtin import DenseIntOrFPElementsAttr
from xdsl.ir import Operation

from iree_explorer.frozen import frozen
from iree_explorer.ir.storage import with_ancestors
from iree_explorer.syntax.collector import paused_collector
from iree_explorer.syntax.printing.aliases import Alias, DistinctNumber, Mark, alias_text, render
from iree_explorer.syntax.printing.names import Names
from iree_explorer.syntax.printing.printer import TextPrinter
from iree_explorer.syntax.resources import Blobs, External, metadata_text

if TYPE_CHECKING:
    from iree_explorer.syntax.printing.withheld import Withheld


@frozen
class Line:
    """One line of a text.

    Attributes:
        text: without its newline.
        op: the op whose text this is part of, the innermost where ops nest; None: an alias, metadata.
    """

    text: str
    op: Operation | None


class ModuleText:
    """The text of a module, of which functions can be printed again after they changed.

    Args:
        module: what is printed.
        external: what else stands behind it.
        withheld: keeps what is too large to be shown; None: all is shown, and the text is that of `print_module`.

    Attributes:
        lines: the whole text as it was at first.
    """

    def __init__(self, module: Operation, external: External | None = None, withheld: Withheld | None = None) -> None:
        with paused_collector():
            self._names = Names.of(module)
            self._printer = _MarkingPrinter(self._names, withheld)
            self._printer.print_op(module)
            definitions = self._printer.aliases.assign()
            self.lines = [Line(f"{alias.text} = {render(alias.body)}", None) for alias in definitions]
            self.lines += _split(self._printer.out)
            self._printer.out = []
            self.lines += [Line(text, None) for text in metadata_text(self._printer.shown_blobs(), external or {})]

    def lines_of(self, op: Operation, *, keep_names: bool = False) -> list[Line]:
        """The text of `op`, an op of the module, as it is now and as it would stand in the module's text.

        Aliases keep their names. One that only the changed op needs gets the next free name; where the whole module is
        printed anew, it may get another.

        Args:
            op: what is printed.
            keep_names: whether values keep their names, too, so that no line changes for what comes or goes above it.
        """
        with paused_collector():
            if keep_names:
                self._names.extend(op)
            else:
                self._names.rename(op)
            self._printer.start_at(op)
            self._printer.print_op(op)
            self._printer.aliases.assign_new()
            return _split(self._printer.out)

    def close(self) -> None:
        """Lets go of the names of all values, which only the collector would find: a printer knows itself."""
        self._names.clear()
        self._printer.out = []


def print_lines(op: Operation, external: External | None = None, withheld: Withheld | None = None) -> list[Line]:
    """The lines of a `ModuleText`, each with its op."""
    text = ModuleText(op, external, withheld)
    text.close()
    return text.lines


class _MarkingPrinter(TextPrinter):
    """Notes in the text where each op begins and ends, and leaves out large literals."""

    def __init__(self, names: Names, withheld: Withheld | None) -> None:
        super().__init__(names)
        self._withheld = withheld

    def shown_blobs(self) -> Blobs:
        """What the text shows of the blobs that were named."""
        withheld = self._withheld
        return (
            self.blobs if withheld is None else {name: withheld.shown(name, blob) for name, blob in self.blobs.items()}
        )

    @override
    def _print_dense_elements(self, attribute: DenseIntOrFPElementsAttr) -> None:
        name = None if self._withheld is None else self._withheld.name_of(attribute)
        if name is None:
            super()._print_dense_elements(attribute)
        else:
            self.out.append(f"dense_resource<{name}>")

    def start_at(self, op: Operation) -> None:
        """Goes on with an empty text, indented as `op` is."""
        parent = op.parent_op()
        self.use_default_dialect_of(parent)
        indent = "  " * sum(1 for _ in with_ancestors(parent))
        self.newline = "\n" + indent
        self.out = [indent]

    @override
    def print_op(self, op: Operation) -> None:
        self.out.append(Mark(op))
        super().print_op(op)
        self.out.append(_END)


_END = Mark(None)


def _split(chunks: Iterable[str | Alias | DistinctNumber | Mark]) -> list[Line]:
    """The lines of `chunks`. A line is the op's that begins on it first, else that of the op around its start."""
    lines: list[Line] = []
    open_ops: list[Operation | None] = [None]
    parts: list[str] = []
    owner: Operation | None = None
    is_blank = True
    for chunk in chunks:
        if type(chunk) is Mark:
            if chunk.op is None:
                open_ops.pop()
            else:
                open_ops.append(chunk.op)
                owner = chunk.op if is_blank else owner
                is_blank = False
            continue
        text = chunk if type(chunk) is str else alias_text(chunk)
        if "\n" in text:
            first, *others = text.split("\n")
            parts.append(first)
            for other in others:
                lines.append(Line("".join(parts), owner))
                parts, owner, is_blank = [other], open_ops[-1], True
            text = parts[0]
        else:
            parts.append(text)
        is_blank = is_blank and not text.strip()
    lines.append(Line("".join(parts), owner))
    return lines
