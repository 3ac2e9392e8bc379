// Builds ../static: the page in one file, the style sheet of its host element, and the licences of what it holds.
import { readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { lessCodeMirror } from "./less-codemirror.mjs";
import { privateNames } from "./private-names.mjs";

const here = new URL("..", import.meta.url);
const target = new URL("../static/", here);
/** Python deflates it for notebooks, which save it with each widget. */
const MOST_BYTES = 400 * 1024;

/** Where most of what is not ours comes from. */
const PACKAGES = ["@codemirror/view/dist/index.js", "@codemirror/state/dist/index.js"].map(
  (path) => `node_modules/${path}`,
);

const BANNER = `/* iree_explorer front end. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
   Holds CodeMirror and Lezer, Copyright (C) Marijn Haverbeke and others, MIT: see THIRD_PARTY_NOTICES.txt */`;

const result = await build({
  absWorkingDir: new URL(here).pathname,
  entryPoints: ["src/index.ts"],
  outfile: "explorer.js",
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  mangleProps: new RegExp(`^(?:${privateNames(here, PACKAGES).join("|")})$`),
  charset: "utf8",
  legalComments: "none",
  loader: { ".css": "text" },
  alias: { "@marijn/find-cluster-break": "./src/cluster-break.ts" },
  banner: { js: BANNER },
  metafile: true,
  write: false,
  plugins: [minifiedStyles(), lessCodeMirror()],
});

/** Style sheets are text to us: esbuild minifies them before they become strings. */
function minifiedStyles() {
  return {
    name: "minified-styles",
    setup({ onLoad, esbuild }) {
      onLoad({ filter: /\.css$/ }, async ({ path }) => {
        const { code } = await esbuild.transform(readFileSync(path, "utf8"), { loader: "css", minify: true });
        return { contents: code, loader: "text" };
      });
    },
  };
}

function packagesIn(metafile) {
  const names = Object.keys(metafile.inputs).map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]);
  return [...new Set(names.filter(Boolean))].sort();
}

function notice(name) {
  const { version, license } = JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, here), "utf8"));
  const text = readFileSync(new URL(`node_modules/${name}/LICENSE`, here), "utf8").trim();
  return `${name} ${version} (${license})\n\n${text}\n`;
}

const script = result.outputFiles[0].text;
if (script.length > MOST_BYTES) throw new Error(`explorer.js has ${script.length} bytes: at most ${MOST_BYTES}`);
writeFileSync(new URL("explorer.js", target), script);
writeFileSync(new URL("explorer.css", target), readFileSync(new URL("src/host.css", here)));
writeFileSync(
  new URL("THIRD_PARTY_NOTICES.txt", target),
  packagesIn(result.metafile)
    .map(notice)
    .join(`\n${"-".repeat(80)}\n\n`),
);
console.log(`explorer.js ${(script.length / 1024).toFixed(0)} KiB`);
