import { h } from "../dom";
import { addingKey } from "../keys";
import { MEASURES } from "./measures";
import { Overlay } from "./overlay";
import { RULE_MEANINGS } from "./rules";

const KEYS: readonly [keys: string, what: string][] = [
  ["→  j", "step"],
  ["←  k", "step back"],
  ["↓  ↑", "select the next op, or the one before"],
  ["Home  End", "first and last step"],
  ["]  [", "next and previous pass"],
  ["space", "play or pause"],
  [".  ,", "continue to the next or previous breakpoint"],
  ["b  B", "break at this op; list breakpoints"],
  ["c", "only steps that change something"],
  ["d  o  p", "step by decision, by op, by pass"],
  ["g", "go to a step by number"],
  ["/", "search the program; Escape leaves at what is found, and selects its op"],
  ["+  -  f", "zoom the graph; show all of it"],
  ["+  -  0  ←  →", "at the timeline: zoom, show all of it, move"],
  ["F", "fill the screen, or give it back"],
  ["v", "graph by lanes, or as a free DAG"],
  ["e  E", "fold or unfold this op's region; all regions"],
  ["z", "fold or unfold the lines of the block at this op"],
  ["w  right click", "why here, why not with another op, and more"],
  ["r", "run panel, and back to why"],
  ["i", "edit the program; Ctrl+Enter schedules it; Revert undoes all that was edited"],
  ["m", "compare with another run"],
  ["n  N  .", "stepping through a run: next op, next wave, continue"],
  ["x", "stop the run"],
  ["Escape", "end a question, unselect, close"],
];

const WORDS: readonly [word: string, meaning: string][] = [
  ["execution region", "what the host hands to a device in one go; its timepoint is reached when it is done"],
  ["wave", "ops of a region that may run at the same time; a region's waves run one after the other"],
  ["partition", "a region or wave while it is put together, by the reference from the last op to the first"],
  ["affinity", "the device that an op runs on"],
  ["favor", "what a schedule is to be good at: little memory, much at once, or being followed (debug: no waves)"],
  ["partitioner", "the algorithm that decides which ops share a region, or a wave; reference is IREE's own"],
  ["tied", "a result that takes over the bytes of an operand, which is written in place"],
];

export function makeHelp(): Overlay {
  const rows = KEYS.flatMap(([keys, what]) => [
    h("dt", {}, ...keys.split("  ").flatMap((key) => [h("kbd", {}, key), " "])),
    h("dd", {}, what),
  ]);
  const glossary = (words: readonly [string, string][]) =>
    h("div", {}, ...words.map(([word, meaning]) => h("p", {}, h("strong", {}, word), `: ${meaning}`)));
  return new Overlay("Keys and words", "help", [
    h("dl", { class: "ie-keys" }, ...rows),
    h(
      "p",
      {},
      `Click an op in the text, the graph, the table or the timeline to see it everywhere; ${addingKey()}+click another one to ask why the two are not together. Click left of a line number to set a breakpoint. In the graph, drag to pan, turn the wheel to zoom, click a region's title to fold it. Partitions and waves are numbered as they run, from 0.`,
    ),
    glossary(WORDS),
    h("p", {}, "Why an op can't join a partition:"),
    glossary(Object.entries(RULE_MEANINGS)),
    h("p", {}, "What two runs are compared by:"),
    glossary(Object.entries(MEASURES)),
  ]);
}
