"""Rules of `flow.*` ops. # IREE: FlowOpFolders.cpp."""
