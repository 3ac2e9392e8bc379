from iree_explorer.exploration.labels import long_labels, short_labels

TEXT = [
    ("module {", 0),
    ("  util.func public @main(%arg0: i32) -> i32 attributes {x = @y} {", 1),
    ("    %results_0:2, %result_timepoint_1 = stream.async.execute await(%t) => with() {", 2),
    ('      %7 = stream.async.dispatch on(#a<@dev>) @ex::@"mat mul"(%arg1) : () -> !r', 3),
    ("      stream.yield %7 : !r", 4),
    ("    } => !stream.timepoint", 2),
    ("    %c0 = arith.constant 0 : index", 5),
    ("    util.return %c0 : index", 6),
    ("#alias = 1", -1),
]


def test_short_labels_are_results_symbols_or_names() -> None:
    assert short_labels(TEXT) == {
        0: "module",
        1: "@main",
        2: "%results_0",
        3: "%7",
        4: "stream.yield",
        5: "%c0",
        6: "util.return",
    }


def test_long_labels_tell_what_a_dispatch_calls() -> None:
    labels = long_labels(TEXT, dict.fromkeys((2, 3, 5, 6), ""))
    assert labels[3] == '%7 = @ex::@"mat mul"'
    assert labels[5] == "%c0 = arith.constant 0"
    assert labels[6] == "util.return %c0"
    assert 4 not in labels


def test_long_labels_have_an_end() -> None:
    (label,) = long_labels([("x" * 500, 1)], {1: ""}).values()
    assert len(label) == 90
