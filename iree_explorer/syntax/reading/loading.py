"""From a text to a checked module, or to one clear error."""

from __future__ import annotations

from typing import NoReturn

from xdsl.utils.exceptions import ParseError

from iree_explorer.dialects import make_context
from iree_explorer.errors import SourceError
from iree_explorer.ir.defects import DEFECTS
from iree_explorer.syntax.collector import paused_collector
from iree_explorer.syntax.module import Module
from iree_explorer.syntax.reading.parser import ModuleParser
from iree_explorer.syntax.rule_wording import one_line
from iree_explorer.syntax.source import Source
from iree_explorer.syntax.verifier import verify


def parse(text: str, name: str = "<stdin>", *, allow_unregistered: bool = False) -> Module:
    """The module that `text` holds, parsed and verified.

    Args:
        text: IR in MLIR's pretty or generic form.
        name: what errors call the text.
        allow_unregistered: keep ops, attributes and types that no dialect knows, as --allow-unregistered-dialect does.

    Raises:
        SourceError: at the first thing in the text that is not valid; where that is a rule of a function, its `others` are
            the first of each other function.
    """
    source = Source(name, text, allow_unregistered=allow_unregistered)
    with paused_collector():
        parser: ModuleParser | None = None
        try:
            parser = ModuleParser(make_context(allow_unregistered=allow_unregistered), source)
            module = Module(parser.parse_module(), source, parser.offsets, parser.external)
            verify(module.op, module.location_of, parser.shapes)
        except ParseError as error:
            message, *more = error.msg.splitlines()
            place = source.location(error.span.start)
            raise SourceError(message, place, tuple((line, place) for line in more)) from None
        except RecursionError:
            _raise_at(source, parser, "the program nests too deeply")
        except DEFECTS as error:
            _raise_at(source, parser, one_line(str(error)) or type(error).__name__)
    return module


def _raise_at(source: Source, parser: ModuleParser | None, message: str) -> NoReturn:
    offset = 0 if parser is None else parser.op_offset
    raise SourceError(message, source.location(offset)) from None
