"""Parses programs, runs passes on them, and prints them as iree-opt does; by default both schedule passes run."""

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import Final

from iree_explorer.cli.common import add_unregistered_option, read_input, write_text
from iree_explorer.cli.main import print_error
from iree_explorer.cli.partitioners import add_load_option
from iree_explorer.cli.split import split
from iree_explorer.errors import ExplorerError, InputError
from iree_explorer.passes.pipeline import PASSES, Pipeline, in_turn, parse_pipeline, run_pipeline
from iree_explorer.syntax import parse, print_module
from iree_explorer.syntax.collector import paused_collector, retire_collector

_JOIN: Final = "// -----\n"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    parser.add_argument(
        "inputs", nargs="+", metavar="IN", help="a path, an https:// URL, the name of a sample, or - for standard input"
    )
    parser.add_argument("--pass-pipeline", metavar="TEXT", help="the passes to run, as iree-opt takes them")
    parser.add_argument(
        "--split-input-file", action="store_true", help="handle the parts between `// -----` lines one by one"
    )
    add_unregistered_option(parser)
    parser.add_argument("--mlir-print-op-generic", action="store_true", help="print the generic form of each op")
    add_load_option(parser)
    passes = parser.add_argument_group("passes", "in the order given; schedule passes run on each function")
    for name in PASSES:
        passes.add_argument(f"--{name}", dest="passes", action="append_const", const=name)
    parser.add_argument("--output-dir", metavar="DIR", help="write the result of each input there, under its file name")
    parser.add_argument("-o", dest="output", default="-", metavar="FILE", help="where to write; - is standard output")


def execute(arguments: argparse.Namespace) -> int:
    """Runs the command; status 1 where an input failed."""
    if arguments.ends_process and len(arguments.inputs) == 1:
        retire_collector()
    pipeline = _pipeline(arguments.pass_pipeline, arguments.passes)
    if arguments.output_dir is not None and arguments.output != "-":
        raise InputError("-o is for one input, --output-dir for several: which is it?")
    if arguments.output_dir is None:
        if len(arguments.inputs) > 1:
            raise InputError("several inputs need --output-dir")
        return _one(arguments.inputs[0], arguments.output, pipeline, arguments)
    directory = Path(arguments.output_dir)
    outputs = [directory / Path(path).name for path in arguments.inputs]
    for output, times in Counter(outputs).items():
        if times > 1:
            raise InputError(f"{times} inputs would be written to {output}")
    directory.mkdir(parents=True, exist_ok=True)
    return max(
        _one(path, str(output), pipeline, arguments) for path, output in zip(arguments.inputs, outputs, strict=True)
    )


def _pipeline(text: str | None, names: list[str] | None) -> Pipeline:
    """What was asked for: a pipeline's text, or passes by name. # MLIR: PassPipelineCLParser."""
    if text is None:
        return in_turn(names or ("iree-stream-schedule-execution", "iree-stream-schedule-concurrency"))
    if names:
        raise InputError(f"--pass-pipeline beside --{names[0]}: put all passes into the pipeline")
    return parse_pipeline(text)


def _one(path: str, output: str, pipeline: Pipeline, arguments: argparse.Namespace) -> int:
    """Handles one input; an input that fails is reported and leaves no file."""
    try:
        name, text = read_input(path)
        chunks = _split(text, name) if arguments.split_input_file else [text]
        results: list[str] = []
        errors = 0
        for chunk in chunks:
            try:
                results.append(_process(chunk, name, pipeline, arguments))
            except ExplorerError as error:
                print_error(error)
                results.append("")
                errors += 1
        if errors and len(chunks) == 1:
            return 1
        write_text(output, _JOIN.join(results))
    except Exception as error:
        if len(arguments.inputs) == 1:
            raise
        print_error(error, path)
        return 1
    return 1 if errors else 0


def _split(text: str, name: str) -> list[str]:
    chunks, misses = split(text, name)
    for place in misses:
        print(f"{place}: warning: near miss with file split marker", file=sys.stderr)
    return chunks


def _process(text: str, name: str, pipeline: Pipeline, arguments: argparse.Namespace) -> str:
    with paused_collector():
        module = parse(text, name, allow_unregistered=arguments.allow_unregistered)
        run_pipeline(module, pipeline)
        # iree-opt ends a module with an empty line.
        return print_module(module.op, external=module.external, generic=arguments.mlir_print_op_generic) + "\n"
