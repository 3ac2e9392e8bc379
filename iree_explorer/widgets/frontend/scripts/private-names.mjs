// Which properties of CodeMirror are known to it alone: in the page their names can be short, and it is the smaller by a twentieth.
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

/**
 * The names, sorted.
 *
 * @param here folder of the front end.
 * @param packages files of packages, below it: every property that they ask for is looked at.
 */
export function privateNames(here, packages) {
  const libraries = new URL(`node_modules/@typescript/typescript-${process.platform}-${process.arch}/lib/`, here);
  const others = [...texts(libraries, ".d.ts"), ...texts(new URL("src/", here), ".ts"), ...OF_BROWSERS];
  const known = new Set(others.flatMap((text) => text.match(WORD) ?? []));
  const code = packages
    .map((path) => readFileSync(new URL(path, here), "utf8").replace(/\/\*[\s\S]*?\*\//g, ""))
    .join("\n");
  // A name in quotes may be how a property is looked up.
  for (const [, name] of code.matchAll(/["'`]([\w$]+)["'`]/g)) known.add(name);
  const asked = new Set([...code.matchAll(/\.([A-Za-z_$][\w$]*)/g)].map(([, name]) => name));
  return [...asked].filter((name) => name.length > 2 && !known.has(name)).sort();
}
