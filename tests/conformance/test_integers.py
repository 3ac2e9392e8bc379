"""Integers of any size, wherever a text has them: iree-opt and ours read the same number, or refuse it at the same place."""

import pytest

from iree_explorer.errors import SourceError
from iree_explorer.syntax import parse, print_module
from tests.conformance import oracle
from tests.fuzz.compare import first_error

NUMBERS = (
    "1",
    "-1",
    "true",
    "0x10",
    str(2**63 - 1),
    str(2**63),
    str(-(2**63)),
    str(-(2**63) - 1),
    str(2**64),
    "9" * 5000,
)

PLACES = (
    "module attributes {util.a = N : i32} {}",
    "module attributes {util.a = N : index} {}",
    "module attributes {util.a = [N]} {}",
    "module attributes {util.a = #hal.device.affinity<@a, [N]>} {}",
    "module attributes {util.a = #hal.device.ordinal<N>} {}",
    "module attributes {util.a = #util.byte_range<0, N>} {}",
    "module attributes {util.a = #iree_encoding.padding<[N, ?]>} {}",
    "module attributes {util.a = #iree_tensor_ext.ragged_shape<N>} {}",
    "module attributes {util.a = #iree_linalg_ext.split_reduction_mapping<N>} {}",
    "module attributes {util.a = !stream.timepoint<N>} {}",
    "module attributes {util.a = !hal.buffer_view<N>} {}",
    "util.func @f() { %c = arith.constant N : index\n util.return }",
    "util.func @f() { %c = arith.constant N : i8\n util.return }",
    "util.func @f(%a: index) { affine.for %i = 0 to N {}\n util.return }",
    "util.func @f(%a: index) { affine.for %i = N to 4 {}\n util.return }",
    "util.func @f(%a: index) { affine.for %i = 0 to 4 step N {}\n util.return }",
    "util.func @f(%a: index) { scf.index_switch %a case N { scf.yield }\n default {}\n util.return }",
    "util.func @f(%a: index) { %0:2 = stream.resource.pack slices({ [N, 1] = %a }) : index\n util.return }",
    "util.func @f(%a: index) { %0 = iree_tensor_ext.dispatch.workload.ordinal %a, N : index\n util.return }",
    "util.func @f(%t: tensor<4xf32>) { %0 = tensor.extract_slice %t[N] [1] [1] : tensor<4xf32> to tensor<1xf32>\n util.return }",
)


@pytest.mark.parametrize("place", PLACES)
def test_an_integer_is_read_or_refused_as_iree_opt_does(place: str) -> None:
    for number in NUMBERS:
        text = place.replace("N", number)
        accepted, messages = oracle.iree_opt(text)
        assert _ours(text) == (first_error(messages) if accepted is None else accepted.rstrip()), number


def _ours(text: str) -> object:
    """The text that we print, or the first error."""
    try:
        return print_module(parse(text).op).rstrip()
    except SourceError as error:
        return first_error(str(error))
