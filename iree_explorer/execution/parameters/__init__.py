"""Parameters: named bytes that live outside a module, in files or in arrays, by scope and key."""

from iree_explorer.execution.parameters.archive import save_parameters
from iree_explorer.execution.parameters.files import open_parameters
from iree_explorer.execution.parameters.parameter import Parameter, Parameters
from iree_explorer.execution.parameters.sources import ParameterSource, parameters_of

__all__ = ["Parameter", "ParameterSource", "Parameters", "open_parameters", "parameters_of", "save_parameters"]
