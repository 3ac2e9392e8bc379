"""The still picture that a notebook holds beside a widget: out of sight while the widget is there."""

from __future__ import annotations

_STILL = """<div class="ie-still" id="ie-still-{name}">
{body}
</div>
<script>
(() => {{
  const still = document.getElementById("ie-still-{name}");
  const output = still?.closest(".jp-OutputArea, .output_wrapper") ?? document.body;
  let ticks = 0;
  const patience = document.readyState === "loading" ? 0 : 12;
  const look = () => {{
    const live = output.querySelector(".ie-host") !== null;
    if (still) still.hidden = live || ticks < patience;
    if (!still?.isConnected || live || ++ticks > 400) clearInterval(timer);
  }};
  const timer = setInterval(look, 250);
  look();
}})();
</script>"""


def still_html(body: str, name: str) -> str:
    """A snapshot as an output of its own, which hides itself while a widget stands in the outputs of its cell.

    A notebook whose widget has no model any more (opened again, or without a kernel) shows an error in place of the widget's
    output, whatever else that output holds; another output of the cell it shows as it is. The script hides the snapshot for
    three seconds, in which a widget comes that can; it is shown where none came, in pages that are no notebooks at once, and
    where scripts do not run (a notebook of others, not trusted yet) always.

    Args:
        body: markup of the snapshot.
        name: letters, digits and dashes; no other still in the page has it, also none of the same widget.
    """
    return _STILL.format(body=body, name=name)
