import type { StepKind } from "../model/document";

/** What the word before a step's sentence means. */
export const KIND_MEANINGS: Readonly<Record<StepKind, string>> = {
  began: "ops are about to be divided into regions, or those of a region into waves",
  visited: "an op that has no place of its own: it goes where another one goes",
  flushed: "a host op that no work may cross: what is open is closed for the ops on its other side",
  weighed: "where the op could go: the table below has a verdict for each partition",
  opened: "a new partition begins with the op",
  placed: "the op joins a partition",
  cloned: "a cheap op is copied into each partition that uses it",
  left: "a cheap op is left to the loops and branches that use it: each makes its own",
  outlined: "a partition becomes a region of the program, or a wave of a region",
  rewritten: "a rule of the clean-up changes the program",
  refused: "the program can't be scheduled",
  ended: "all of them have a place",
  pass: "a pass of the compiler has run",
};
