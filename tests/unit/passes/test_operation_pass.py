from iree_explorer.dialects import dialect_names, make_context
from iree_explorer.ir.interfaces.functions import FunctionOpInterface
from iree_explorer.passes.operation_pass import CALLABLE_OPS


def test_passes_on_callables_run_on_every_kind_of_function() -> None:
    context = make_context()
    for name in dialect_names():
        if name != "builtin":
            context.load_registered_dialect(name)
    assert {op.name for op in context.loaded_ops if issubclass(op, FunctionOpInterface)} == CALLABLE_OPS
