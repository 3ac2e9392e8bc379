"""A text of several programs: where it is divided, what is left where it was, which markers are near misses."""

import pytest

from iree_explorer.cli.split import split


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("a\n", ["a\n"]),
        ("a\n// -----\nb\n", ["a\n", "\n" + " " * 8 + "\nb\n"]),
        ("a // -----b", ["a ", " " * 10 + "b"]),
        ("a// ------b", ["a", " " * 9 + "-b"]),
        ("// -----\na", [" " * 6 + "--\na"]),
        ("a// -----\n// -----\nb", ["a", " " * 9 + "\n", "\n" + " " * 8 + "\nb"]),
    ],
)
def test_a_marker_divides_and_parts_stand_where_they_stood(text: str, parts: list[str]) -> None:
    assert split(text, "f") == (parts, [])


@pytest.mark.parametrize("text", ["a\n// ---\nb", "a\n// ----\nb", "a\n// -----", "a\n// -----0\nb"])
def test_a_near_miss_divides_nothing_and_is_told(text: str) -> None:
    parts, misses = split(text, "f")
    assert parts == [text]
    assert [str(place) for place in misses] == ["f:2:7"]


def test_lines_of_many_parts() -> None:
    parts, _ = split("\n".join(f"{number} // -----" for number in range(4)) + "end\n", "f")
    assert parts == [
        "0 ",
        " " * 10 + "\n1 ",
        "\n" + " " * 10 + "\n2 ",
        "\n\n" + " " * 10 + "\n3 ",
        "\n\n\n" + " " * 10 + "end\n",
    ]
