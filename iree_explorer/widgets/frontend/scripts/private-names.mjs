// Which properties are known to CodeMirror alone, or to a class of ours: in the page their names can be short, and it is the smaller by a twentieth.
import { readdirSync, readFileSync } from "node:fs";

const WORD = /[A-Za-z_$][\w$]*/g;

/** What browsers know and TypeScript's lists of them do not: asked for by CodeMirror, or called by its browser's name. */
const OF_BROWSERS = [
  "EditContext editContext characterboundsupdate textformatupdate textupdate updateCharacterBounds updateSelection",
  "updateSelectionBounds updateText updateRangeStart updateRangeEnd getTextFormats underlineStyle underlineThickness",
  "MozTabSize documentMode mousewheel",
];

/** All files below a folder whose names end in `ending`. */
function texts(folder, ending) {
  const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(ending));
  return names.map((name) => readFileSync(new URL(name, folder), "utf8"));
}

function wordsOf(text) {
  return text.match(WORD) ?? [];
}

/**
 * The names, sorted.
 *
 * @param here folder of the front end.
 * @param packages files of packages, below it: every property that they ask for is looked at.
 */
export function privateNames(here, packages) {
  const libraries = new URL(`node_modules/@typescript/typescript-${process.platform}-${process.arch}/lib/`, here);
  const sources = withoutComments(texts(new URL("src/", here), ".ts").join("\n"));
  const code = packages.map((path) => withoutComments(readFileSync(new URL(path, here), "utf8"))).join("\n");
  const known = new Set(wordsOf([...texts(libraries, ".d.ts"), ...OF_BROWSERS].join("\n")));
  // A name in quotes may be how a property is looked up.
  for (const [, name] of `${code}${sources}`.matchAll(/["'`]([\w$]+)["'`]/g)) known.add(name);
  const shared = new Set(wordsOf(sources));
  const asked = [...code.matchAll(/\.([A-Za-z_$][\w$]*)/g)].map(([, name]) => name).filter((name) => !shared.has(name));
  const names = new Set([...asked, ...ownNames(sources)]);
  return [...names].filter((name) => name.length > 2 && !known.has(name)).sort();
}

function withoutComments(text) {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*/gm, "");
}

/** What a class of ours declares as private and no text of ours names but as a property of `this`: never part of a document or a trait. */
function ownNames(sources) {
  const declared = /\bprivate (?:(?:static|readonly|async|get|set) )*([A-Za-z_$][\w$]*)/g;
  const elsewhere = new Set(wordsOf(sources.replace(declared, "").replace(/\bthis\.[\w$]+/g, "")));
  return [...sources.matchAll(declared)].map(([, name]) => name).filter((name) => !elsewhere.has(name));
}
