import { type ChangeSet, Transaction } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";

/** Typing goes on where the last key was this short ago: one undo takes both back. */
const PAUSE_MS = 500;
const MOST = 1000;

interface Entry {
  /** What takes the change back. */
  inverse: ChangeSet;
  time: number;
}

/** Undo and redo. CodeMirror's own would bring its language package along, a seventh of the bundle. */
export function undoHistory() {
  const done: Entry[] = [];
  const undone: Entry[] = [];
  let own = false;

  const move = (from: Entry[], to: Entry[]) => (view: EditorView) => {
    const entry = from.pop();
    if (!entry) return true;
    own = true;
    to.push({ inverse: entry.inverse.invert(view.state.doc), time: 0 });
    view.dispatch({ changes: entry.inverse, scrollIntoView: true });
    own = false;
    return true;
  };

  const keep = EditorView.updateListener.of(({ docChanged, changes, startState, transactions }) => {
    if (!docChanged || own) return;
    const time = transactions[0]?.annotation(Transaction.time) ?? 0;
    const inverse = changes.invert(startState.doc);
    const last = done.at(-1);
    undone.length = 0;
    if (last && time - last.time < PAUSE_MS) {
      last.inverse = inverse.compose(last.inverse);
      last.time = time;
    } else done.push({ inverse, time });
    if (done.length > MOST) done.shift();
  });

  return [
    keep,
    keymap.of([
      { key: "Mod-z", run: move(done, undone), preventDefault: true },
      { key: "Mod-y", mac: "Mod-Shift-z", run: move(undone, done), preventDefault: true },
      { key: "Mod-Shift-z", run: move(undone, done), preventDefault: true },
    ]),
  ];
}
