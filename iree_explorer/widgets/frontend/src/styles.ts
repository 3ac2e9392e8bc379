import answers from "./styles/answers.css";
import base from "./styles/base.css";
import breakpoints from "./styles/breakpoints.css";
import compare from "./styles/compare.css";
import controls from "./styles/controls.css";
import debug from "./styles/debug.css";
import edit from "./styles/edit.css";
import forced from "./styles/forced.css";
import graph from "./styles/graph.css";
import graphTools from "./styles/graph-tools.css";
import lower from "./styles/lower.css";
import narrow from "./styles/narrow.css";
import overlays from "./styles/overlays.css";
import results from "./styles/results.css";
import run from "./styles/run.css";
import source from "./styles/source.css";
import theme from "./styles/theme.css";

/** All rules of the shadow tree, in order of weight. */
export const STYLES = [
  theme,
  base,
  controls,
  overlays,
  source,
  graph,
  graphTools,
  lower,
  run,
  breakpoints,
  answers,
  compare,
  results,
  edit,
  debug,
  narrow,
  forced,
].join("\n");
