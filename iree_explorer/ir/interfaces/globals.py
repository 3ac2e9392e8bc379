"""Globals, and the ops that load and store them. Import from `interfaces`."""

from __future__ import annotations

from abc import abstractmethod

from xdsl.ir import Attribute, Operation


class GlobalOpInterface(Operation):
    """An op that defines a global. IREE: GlobalOpInterface."""

    @property
    @abstractmethod
    def global_name(self) -> str:
        """Its symbol."""

    @property
    @abstractmethod
    def global_type(self) -> Attribute:
        """The type of what it stores."""

    @property
    @abstractmethod
    def is_global_mutable(self) -> bool:
        """Whether it may be stored to outside of initializers."""


class GlobalLoadOpInterface(Operation):
    """An op that loads a global by its symbol. IREE: GlobalLoadOpInterface."""


class GlobalStoreOpInterface(Operation):
    """An op that stores a global by its symbol. IREE: GlobalStoreOpInterface."""
