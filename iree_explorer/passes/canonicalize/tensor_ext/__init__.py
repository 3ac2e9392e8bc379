"""Rules of `iree_tensor_ext.*` ops. # IREE: TensorExtOpFolders.cpp."""
