"""Text to IR."""
