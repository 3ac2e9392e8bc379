"""Other inputs → stream IR: paths, texts, URLs, and what the real compiler can turn into stream IR where it is installed."""

from iree_explorer.frontends.load import ProgramLike, as_module, is_url, load, load_text, read, read_named

__all__ = ["ProgramLike", "as_module", "is_url", "load", "load_text", "read", "read_named"]
