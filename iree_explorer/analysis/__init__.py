"""Facts about IR. Nothing here changes it."""
