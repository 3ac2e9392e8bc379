"""What an offline page holds, as its front end puts it together."""

from __future__ import annotations

import base64
import json
import re
import zlib
from typing import Any

from iree_explorer.exploration import Comparison, decode_document
from iree_explorer.exploration.comparing.page import comparison_json
from iree_explorer.exploration.page.columns import rows


def page_document(page: str) -> dict[str, Any]:
    """The document that an offline page shows."""
    document = decode_document(_part(page, "document"), _part(page, "details"))
    comparison, standing = _part(page, "comparison"), _part(page, "standing")
    compared = {"comparison": rows(json.loads(zlib.decompress(comparison)))} if comparison else {}
    return document | compared | (json.loads(zlib.decompress(standing)) if standing else {})


def document_with(comparison: Comparison) -> dict[str, Any]:
    """The document of the run before, with the comparison in it, as a page puts it together."""
    return {**comparison.before.packed, "comparison": comparison_json(comparison)}


def _part(page: str, name: str) -> bytes:
    (packed,) = re.findall(rf'id="ie-{name}">([^<]*)<', page)
    return base64.b64decode(packed)
