// CodeMirror's view without what this page never uses: an esbuild plugin.
import { readFileSync } from "node:fs";

/** Classes of what comes with extensions that are not ours, or of marks that our own style sheets make. */
const FOREIGN =
  "layer|selection|cursor|dropCursor|activeLine|specialChar|panels|dialog|tab\\b|placeholder|highlight|trailingSpace|button|textfield";

const CUTS = [
  // At least 1,000 pixels of lines out of sight, four panes' worth: each step that moves the mark would lay them out and paint them.
  [/1000 \/\* VP\.Margin \*\//g, "300"],
  // Rules of its theme, one a selector.
  [new RegExp(`^    "[^"\\n]*\\.cm-(?:${FOREIGN})[^\\n]*\\{(?: .*\\}|[\\s\\S]*?\\n    \\}),?\\n`, "gim"), ""],
  [/^ {4}"@keyframes cm-blink.*\n/gm, ""],
  // Browsers that cannot show the rest of the page.
  [/const ie_(?:edge|upto10|11up) = .*\n/g, ""],
  [/const ie = .*/, "const ie = false;"],
  [/ie_version: .*/, "ie_version: 0,"],
  [/browser\.ie\b/g, "false"],
  [/browser\.webkit_version\b/g, "605"],
];

/** Fails the build where a new CodeMirror no longer has what is taken out. */
export function lessCodeMirror() {
  return {
    name: "less-codemirror",
    setup({ onLoad }) {
      onLoad({ filter: /@codemirror\/view\/dist\/index\.js$/ }, ({ path }) => ({
        contents: CUTS.reduce(cut, readFileSync(path, "utf8")),
        loader: "js",
      }));
    },
  };
}

function cut(text, [what, by]) {
  const shorter = text.replace(what, by);
  if (shorter === text) throw new Error(`CodeMirror has no ${what}: look whether that cut is still needed`);
  return shorter;
}
