/** What the rules mean that keep an op out of a partition; those of somebody's own partitioner are not among them. */
export const RULE_MEANINGS: Readonly<Record<string, string>> = {
  downstream: "the partition runs after something that waits for the op: it would come too late",
  upstream: "the partition runs before something that the op waits for: it would come too early",
  frozen: "a host op with side effects stands between them, which no work may cross",
  affinity: "they run on different devices",
  order: "the partitions would have to run in another order",
  cycle: "two partitions would wait for each other",
  "nested capture": "an op with regions, such as a loop, reads the op's result and feeds the partition",
  hazard: "two ops touch the same bytes and one writes them: they can't share a wave",
  "consumers first": "nothing forbids it, but a partition that reads the op's result comes first",
  "last in time": "what waits for the op would come so late that there were more waves",
};
