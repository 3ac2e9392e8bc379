/** Colours of a line of MLIR. A line is enough: no token of the printed form spans two. */

export type TokenClass =
  | "comment"
  | "string"
  | "value"
  | "symbol"
  | "type"
  | "attribute"
  | "block"
  | "number"
  | "op"
  | "keyword";

export interface Token {
  from: number;
  to: number;
  class: TokenClass;
}

const PATTERN = new RegExp(
  [
    "(?<comment>//.*)",
    '(?<string>"(?:[^"\\\\]|\\\\.)*"?)',
    "(?<value>%[\\w$.-]+(?:#\\d+)?(?::\\d+)?)",
    '(?<symbol>@(?:[\\w$.-]+|"(?:[^"\\\\]|\\\\.)*"))',
    "(?<type>![\\w$.]+|\\b(?:index|none|[us]?i\\d+|bf16|tf32|f\\d+\\w*|tensor|memref|vector|complex|tuple)\\b)",
    "(?<attribute>#[\\w$.]+)",
    "(?<block>\\^[\\w$.-]+)",
    "(?<number>(?<![\\w.])-?(?:0x[0-9A-Fa-f]+|\\d+(?:\\.\\d*)?(?:[eE][-+]?\\d+)?))",
    "(?<op>\\b[a-z_][\\w$]*(?:\\.[\\w$]+)+)",
    "(?<keyword>\\b(?:module|func|attributes|public|private|with|as|on|await|to|for|into|else|do|step|iter_args|return|true|false|dense|unit|loc|affine_map|affine_set)\\b)",
  ].join("|"),
  "gu",
);

/** Longer lines are data (dense literals): colouring them helps nobody and costs time. */
const LONGEST = 4000;

export function tokenize(line: string): Token[] {
  const tokens: Token[] = [];
  const text = line.length > LONGEST ? line.slice(0, LONGEST) : line;
  for (const match of text.matchAll(PATTERN)) {
    const found = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined);
    if (found) tokens.push({ from: match.index, to: match.index + match[0].length, class: found[0] as TokenClass });
  }
  return tokens;
}
