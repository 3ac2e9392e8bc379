import base from "./styles/base.css";
import compare from "./styles/compare.css";
import controls from "./styles/controls.css";
import debug from "./styles/debug.css";
import edit from "./styles/edit.css";
import graph from "./styles/graph.css";
import lower from "./styles/lower.css";
import results from "./styles/results.css";
import source from "./styles/source.css";
import theme from "./styles/theme.css";

/** All rules of the shadow tree, in order of weight. */
export const STYLES = [theme, base, controls, source, graph, lower, compare, results, edit, debug].join("\n");
