from collections.abc import Iterator

import pytest
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell

import iree_explorer
from iree_explorer import samples
from iree_explorer.widgets import Explorer
from iree_explorer.widgets.magics import stream_explore


@pytest.fixture
def shell() -> Iterator[InteractiveShell]:
    yield InteractiveShell.instance()
    InteractiveShell.clear_instance()


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_the_extension_brings_the_magic(shell: InteractiveShell) -> None:
    iree_explorer.load_ipython_extension(shell)
    shown = shell.run_cell_magic("stream_explore", "--favor debug --height 700", samples.diamond.text)
    assert isinstance(shown, Explorer)
    assert shown.height == 700
    assert shown.exploration.options.favor == "debug"
    assert shown.exploration.title == "cell"


@pytest.mark.parametrize(
    ("line", "cell", "words"),
    [
        ("--favour x", "", "unrecognized arguments: --favour x; its options are --favor, --passes, "),
        ("--height tall", "", "argument --height: invalid int value: 'tall'; its options are "),
        ("--favor x", "module {}", "no favor is called 'x'"),
        ("--title 'x", "module {}", "No closing quotation"),
        ("", "util.func @f(", "cell:1:"),
        ("--passes outline", "module {}", "no pass is called 'outline'"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(line: str, cell: str, words: str) -> None:
    with pytest.raises(UsageError, match=words) as caught:
        stream_explore(line, cell)
    assert "\n" not in str(caught.value)
