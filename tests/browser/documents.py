"""Made-up documents in the front end's format: large ones, and ones with hostile names."""

from __future__ import annotations

import copy
import json
from typing import Any

from tests.browser.server import FIXTURES

Document = dict[str, Any]

WIDTH, HEIGHT, GAP = 168, 44, 24


def fixture(name: str) -> Document:
    """A fixture of the front end's own tests."""
    return json.loads((FIXTURES / f"{name}.json").read_text("utf-8"))


def _node(index: int, per_wave: int, per_region: int) -> Document:
    region, place = divmod(index, per_region)
    wave, column = divmod(place, per_wave)
    row = index // per_wave
    return {
        "id": index,
        "op": index,
        "origin": -1,
        "label": f"dispatch_{index}",
        "detail": "@ex::@kernel",
        "kind": ("dispatch", "copy", "fill", "dispatch")[column % 4],
        "x": 40 + column * (WIDTH + GAP),
        "y": 40 + row * (HEIGHT + GAP) + region * 40,
        "w": WIDTH,
        "h": HEIGHT,
        "region": region,
        "wave": wave,
        "bytes": "4 KB",
    }


def _edge(source: Document, target: Document) -> Document:
    start = [source["x"] + WIDTH / 2, source["y"] + HEIGHT]
    end = [target["x"] + WIDTH / 2, target["y"]]
    middle = (start[1] + end[1]) / 2
    same = source["region"] == target["region"]
    return {
        "from": source["id"],
        "to": target["id"],
        "kind": ("tied" if target["id"] % 7 == 0 else "resource") if same else "timepoint",
        "label": f"%{source['id']}",
        "bytes": "4 KB",
        "points": [*start, start[0], middle, end[0], middle, *end],
    }


def _hull(nodes: list[Document], margin: int) -> Document:
    left, top = min(n["x"] for n in nodes) - margin, min(n["y"] for n in nodes) - margin
    right, bottom = max(n["x"] + WIDTH for n in nodes) + margin, max(n["y"] + HEIGHT for n in nodes) + margin
    return {"x": left, "y": top, "w": right - left, "h": bottom - top}


def _region(ordinal: int, nodes: list[Document]) -> Document:
    waves = {n["wave"]: [m for m in nodes if m["wave"] == n["wave"]] for n in nodes}
    return {
        "ordinal": ordinal,
        "label": f"partition {ordinal}",
        "affinity": "",
        "awaits": [f"partition {ordinal - 1}"] if ordinal else [],
        **_hull(nodes, 20),
        "waves": [{"ordinal": w, "label": f"wave {w}", **_hull(inside, 6)} for w, inside in waves.items()],
    }


def _steps(nodes: list[Document], stage: int) -> list[Document]:
    """Each node weighed, then placed: in its region by the first stage, in its wave by the second."""
    steps: list[Document] = []
    for node in reversed(nodes):
        candidate = {"partition": node["region"], "verdict": "chosen", "why": "", "because": "", "ops": []}
        place = [node["id"], node["region"], node["wave"] if stage else -1]
        speaks = {"stage": stage, "op": node["op"]}
        steps.append({"kind": "weighed", **speaks, "reason": f"%{node['op']} is weighed", "candidates": [candidate]})
        steps.append({"kind": "placed", **speaks, "reason": f"%{node['op']} joins", "place": [place]})
    return steps


def _line(index: int, indent: str) -> str:
    return (
        f"{indent}%{index} = stream.async.dispatch @ex::@dispatch_{index}(%a[%c0 to %c4096 for %c4096]) "
        f": (!stream.resource<*>{{%c4096}}) -> !stream.resource<*>{{%c4096}}"
    )


def _outlining(count: int) -> Document:
    """The step that indents each op by one edit of its own, as a region body would."""
    edits = [
        {"line": 1 + index, "remove": 1, "lines": [_line(index, "      ")], "owners": [index]} for index in range(count)
    ]
    return {"kind": "outlined", "stage": 0, "op": -1, "reason": "all regions are built", "edits": edits}


def layered(count: int, *, per_wave: int = 4, per_region: int = 40) -> Document:
    """A program of `count` dispatches in one function: full waves, full regions, each op reading two of the wave before."""
    nodes = [_node(index, per_wave, per_region) for index in range(count)]
    edges = [
        _edge(nodes[index - per_wave - shift], nodes[index])
        for index in range(per_wave + 1, count)
        for shift in (0, 1)
        if nodes[index - per_wave - shift]["y"] < nodes[index]["y"]
    ]
    regions = [_region(r, nodes[r * per_region : (r + 1) * per_region]) for r in range(-(-count // per_region))]
    first = [*_steps(nodes, 0), _outlining(count)]
    second = _steps(nodes, 1)
    stage = {"function": "main", "graph": 0}
    lines = ["util.func public @main(%a: !stream.resource<*>) {", *(_line(i, "  ") for i in range(count)), "}"]
    return {
        **fixture("diamond"),
        "title": f"{count} dispatches",
        "text": {"lines": lines, "owners": [count, *range(count), count]},
        "ops": {str(i): {"name": "stream.async.dispatch", "label": f"%{i} = @ex::@dispatch_{i}"} for i in range(count)},
        "stages": [
            {**stage, "pass": "execution", "first": 0, "end": len(first)},
            {**stage, "pass": "concurrency", "first": len(first), "end": len(first) + len(second)},
        ],
        "steps": first + second,
        "graphs": [
            {
                "function": "main",
                "nodes": nodes,
                "edges": edges,
                "regions": regions,
                "width": max(n["x"] for n in nodes) + WIDTH + 40,
                "height": max(n["y"] for n in nodes) + HEIGHT + 40,
            }
        ],
        "functions": [],
        "run": None,
    }


def with_words(document: Document, words: str) -> Document:
    """The same document with `words` wherever a program, a file or a run can put text of its own."""
    hostile = copy.deepcopy(document)
    hostile["title"] = words
    hostile["text"]["lines"] = [f"{line} // {words}" for line in hostile["text"]["lines"]]
    for op in hostile["ops"].values():
        op["label"] = f"%{words} = {words}"
    for step in hostile["steps"]:
        step["reason"] = words
        for candidate in step.get("candidates", []):
            candidate["because"] = words
    for stage in hostile["stages"]:
        stage["function"] = words
    for graph in hostile["graphs"]:
        graph["function"] = words
        for node in graph["nodes"]:
            node["label"] = node["detail"] = node["bytes"] = words
        for region in graph["regions"]:
            region["label"] = region["affinity"] = words
            region["awaits"] = [words]
    for function in hostile["functions"]:
        function["name"] = words
        function["inputs"] = [words]
    hostile["options"]["favor"] = words
    hostile["choices"]["favors"] = [words]
    hostile["refusal"] = {"text": words}
    for output in hostile["run"]["outputs"]:
        output["type"] = output["text"] = words
    for span in hostile["run"]["timeline"]["spans"]:
        span["name"] = span["affinity"] = words
    return hostile


def twice(program: str) -> str:
    """The program with its one function twice, as `@early` and as `@main`."""
    main = program[program.index("  util.func") : program.rindex("}")]
    return program.replace(main, main.replace("@main", "@early") + main)
