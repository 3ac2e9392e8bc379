"""Names that mean harm, more than 300 of them, and programs that carry them wherever a program has text of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iree_explorer.syntax.escapes import quoted

HARM = "window.hacked=1"
"""What a payload does where it is run; what it asks the network for is `hacked.invalid`."""
EVENTS = (
    "onerror",
    "onload",
    "onclick",
    "onmouseover",
    "onfocus",
    "ontoggle",
    "onanimationstart",
    "onbegin",
    "onpointerenter",
)
TAGS = (
    *(
        "img src=x",
        "svg",
        "body",
        "iframe",
        "video src=x",
        "audio src=x",
        "object data=x",
        "embed src=x",
        "details open",
    ),
    *("math", "style", "link rel=stylesheet href=//hacked.invalid", "input autofocus", "select autofocus", "marquee"),
)
ENDS = (
    "",
    '">',
    "'>",
    "</title>",
    "</style>",
    "</textarea>",
    "</script>",
    "-->",
    "]]>",
    "*/",
    "`",
    "</svg>",
    "</template>",
)
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u180e\u2028\u2029\ufffe\uffff"


def payloads() -> list[str]:
    """All of them, no two alike."""
    found = [*_markup(), *_addresses(), *_code(), *_letters(), *_sizes()]
    return list(dict.fromkeys(found))


def _markup() -> Iterator[str]:
    for end in ENDS:
        yield f"{end}<script>{HARM}</script>"
        yield f"{end}<img src=x onerror={HARM}>"
        yield f"{end}<svg/onload={HARM}>"
        yield f"{end}<svg><script>{HARM}</script></svg>"
        yield f"{end}<iframe srcdoc='<script>parent.{HARM}</script>'></iframe>"
    for tag in TAGS:
        for event in EVENTS[:5]:
            yield f"<{tag} {event}={HARM}>"
    for event in EVENTS:
        yield f'" {event}={HARM} x="'
        yield f"' {event}='{HARM}' style='animation:a 1s"
    yield from (
        "<!--",
        "<!-- <script>",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?xml?>",
        "<!DOCTYPE x [<!ENTITY y 'z'>]>&y;",
        "</",
        "<",
        ">",
    )
    yield from (f'<math><mtext><table><mglyph><style><!--</style><img title="--><img src=1 onerror={HARM}>">',)
    yield from (f"<svg><animate onbegin={HARM} attributeName=x dur=1s>", f"<svg><foreignObject><body onload={HARM}>")
    yield from (
        "&lt;b&gt;",
        "&#60;script&#62;",
        "&amp;",
        "&quot;",
        "&nbsp;" * 40,
        "&bogus;",
        "\\x3cscript\\x3e",
        "\\u003cscript\\u003e",
    )


def _addresses() -> Iterator[str]:
    for scheme in (
        "javascript:",
        "JaVaScRiPt:",
        " javascript:",
        "java\tscript:",
        "vbscript:",
        "data:text/html,<script>",
    ):
        yield f"{scheme}{HARM}"
        yield f"<a href='{scheme}{HARM}'>x</a>"
        yield f"[x]({scheme}{HARM})"
    yield from (
        "//hacked.invalid/x.js",
        "https://hacked.invalid/",
        "file:///etc/passwd",
        "../../../etc/passwd",
        "C:\\con\\nul",
    )
    yield from ("url(//hacked.invalid/x.png)", "@import '//hacked.invalid/x.css';", "<base href=//hacked.invalid/>")


def _code() -> Iterator[str]:
    for opening, closing in (
        ("${", "}"),
        ("{{", "}}"),
        ("<%", "%>"),
        ("#{", "}"),
        ("[[", "]]"),
        ("`${", "}`"),
        ("$(", ")"),
        ("%{", "}"),
    ):
        yield f"{opening}{HARM}{closing}"
        yield f"{opening}constructor.constructor('{HARM}')(){closing}"
    yield from (
        f"';{HARM};//",
        f'";{HARM};//',
        f"`;{HARM};//",
        f"\\';{HARM};//",
        f"*/{HARM}/*",
        f"\n{HARM}\n",
        "'; DROP TABLE ops; --",
    )
    yield from (
        "__proto__",
        "constructor",
        "toString",
        "hasOwnProperty",
        "prototype",
        "undefined",
        "null",
        "NaN",
        "-0",
        "1e999",
        "true",
    )
    yield from (
        "}body{display:none}",
        "*{position:fixed;inset:0}",
        "expression(alert(1))",
        "</style><style>*{display:none}</style>",
        ";color:red",
    )
    yield from (
        "**bold**",
        "# title",
        "```",
        "`code`",
        "| a | b |",
        "- list",
        "$\\LaTeX$",
        "\\def\\x{\\x}\\x",
        "![x](//hacked.invalid/x.png)",
    )
    yield from (
        "%s%n%d",
        "{0}",
        "{}",
        "{x!r}",
        "%(x)s",
        "\\",
        "\\\\",
        "\\n",
        "\\0",
        "$&",
        "$1",
        "$`",
        "\\1",
        "rank=same",
        '"];a->b;"',
        "\\N\\L\\G",
    )


def _letters() -> Iterator[str]:
    yield from (f"abc{letter}def" for letter in BIDI)
    yield from (f"abc{letter}def" for letter in INVISIBLE)
    yield from (f"a{letter}b" for letter in "\x00\x01\x07\x08\x09\x0a\x0b\x0c\x0d\x1b\x7f\x85\xa0")
    yield from (
        "\x1b[31mred\x1b[0m",
        "\x1b]8;;https://hacked.invalid\x07x\x1b]8;;\x07",
        "\x1b[2J\x1b[H",
        "\u202e" + "gnp.exe",
        "\r\nX: y",
    )
    yield from (
        "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢" * 5,
        "é",
        "e\u0301",
        "ﷺ" * 20,
        "👩‍👩‍👧‍👦" * 10,
        "𝕿𝖊𝖘𝖙",
        "ＦＵＬＬ",
        "ß" * 50,
        "İı",
        "مرحبا بالعالم",
        "שלום",
        "日本語" * 30,
    )
    yield from ("\ud800", "\udfff", "a\udc80b", "\U0010ffff", "\ue000")


def _sizes() -> Iterator[str]:
    yield from (
        "",
        " ",
        "\t",
        " " * 300,
        "A" * 300,
        "A" * 5_000,
        "W" * 2_000,
        "a b " * 500,
        "\n" * 100,
        "<b>" * 400,
        "(" * 1_000,
        "." * 1_000,
    )
    yield from (
        f"%{HARM}",
        f"@{HARM}",
        "%0",
        "@main",
        "^bb0",
        "#map",
        "!t",
        "op:1",
        "decision:hazard",
        "partition:main:0",
    )


def program(names: Sequence[str]) -> str:
    """A program that schedules: a chain of dispatches, each with one of the names as its export, in a string, as an attribute's name
    and as the file that it comes from."""
    exports = [f"    stream.executable.export public @{quoted(name or 'empty')}" for name in dict.fromkeys(names)]
    lines = [
        "stream.executable private @ex {",
        *exports,
        "}",
        "util.func public @main(%arg0: !stream.resource<*>, %ok: i1) -> !stream.resource<*> {",
        "  %c0 = arith.constant 0 : index",
        "  %c64 = arith.constant 64 : index",
    ]
    value = "%arg0"
    for index, name in enumerate(names):
        place = f"{value}[%c0 to %c64 for %c64]"
        types = "(!stream.resource<*>{%c64}) -> !stream.resource<*>{%c64}"
        extra = f"{{{quoted('x.' + name)} = {quoted(name)}}}"
        lines.append(
            f"  %{index} = stream.async.dispatch @ex::@{quoted(name or 'empty')}({place}) {extra} : {types} loc({quoted(name)}:7:1)"
        )
        value = f"%{index}"
        if index % 10 == 9:
            lines.append(f"  cf.assert %ok, {quoted(name)}")
    return "\n".join([*lines, f"  util.return {value} : !stream.resource<*>", "}", ""])
