/** Numbers in sentences. */

/** Made once: each step tells some figures, and a formatter takes longer to make than to use. */
const FIGURES = new Intl.NumberFormat("en");

/** `10,000`. */
export function counted(count: number): string {
  return FIGURES.format(count);
}

/** `1 op`, `10,000 ops`. */
export function plural(count: number, word: string): string {
  return `${counted(count)} ${word}${count === 1 ? "" : "s"}`;
}

/** What is not listed, as nothing is left out silently. */
export function andMore(count: number): string {
  return `and ${counted(count)} more`;
}

/** What a list of meanings says of a word. It may be a program's own, such as `constructor`; undefined: nothing. */
export function meaningOf(word: string, meanings: Readonly<Record<string, string>>): string | undefined {
  return Object.hasOwn(meanings, word) ? meanings[word] : undefined;
}
