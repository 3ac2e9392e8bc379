import base64
import hashlib
import re
import zlib
from html.parser import HTMLParser

import pytest
from typing_extensions import override

from iree_explorer.exploration.page.html import Held, front_end, html_page


class Reader(HTMLParser):
    """What a browser makes of the page: its elements, and the text of those with an id."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self._open = ""
        self.feed(text)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open = dict(attrs).get("id") or tag

    @override
    def handle_data(self, data: str) -> None:
        self.texts[self._open] = self.texts.get(self._open, "") + data


def test_the_page_holds_the_document_and_the_front_end() -> None:
    page = Reader(html_page("x", Held(b"\x00\xffdocument")))
    assert base64.b64decode(page.texts["ie-document"]) == b"\x00\xffdocument"
    assert zlib.decompress(base64.b64decode(page.texts["ie-front-end"])).decode() == front_end("explorer.js")


def test_the_policy_forbids_all_but_this_page() -> None:
    text = html_page("x", Held(b""))
    page = Reader(text)
    (policy,) = [a["content"] for _, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in (policy or "").split("; "))
    assert rules["default-src"] == "'none'"
    assert "connect-src" not in rules
    script = re.search(r'<script type="module">(.*?)</script>', text, re.DOTALL)
    assert script is not None
    digest = base64.b64encode(hashlib.sha256(script[1].encode()).digest()).decode()
    assert rules["script-src"] == f"'sha256-{digest}' blob:"


def test_nothing_is_loaded_from_elsewhere() -> None:
    page = Reader(html_page("x", Held(b"")))
    assert not [a for _, a in page.elements if a.get("src") or a.get("href")]


@pytest.mark.parametrize("title", ["</title><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a & b"])
def test_the_title_is_text(title: str) -> None:
    plain, hostile = Reader(html_page("x", Held(b""))), Reader(html_page(title, Held(b"")))
    assert [tag for tag, _ in plain.elements] == [tag for tag, _ in hostile.elements]
    assert hostile.texts["title"].startswith(title)
    assert hostile.texts["h1"] == hostile.texts["title"]
