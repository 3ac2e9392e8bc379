"""Host code: what each op of the host does, as steps that a frame runs through."""
