/** What the figures of a schedule mean. */
export const MEASURES: Readonly<Record<string, string>> = {
  regions: "execution regions: how often the host hands work to a device",
  waves: "of all regions; fewer means that more runs at the same time",
  "widest wave": "the most ops that one wave holds",
  "critical path":
    "waves on the longest chain of regions that wait for each other, or ops where there are no waves: fewer is faster, where there are workers enough",
  "peak bytes": "the most that results hold at once, if regions run one after the other",
  awaits: "how often a region waits for another",
  copies: "further copies of cheap ops: each region that uses one has its own",
  "ops in regions": "all that devices do; the rest is the host's",
  "measured time": "from the first op to the last, of the fastest run",
  "measured critical path": "time of the ops on the longest chain that waited for each other",
  "measured peak bytes": "the most that buffers held at once in that run",
  results: "whether both runs computed the same",
};
