// The two fields in which is written: CodeMirror with Cypher, completion, and marks where something is wrong.
import { autocompletion, closeCompletion, completionKeymap, pickedCompletion } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { nextDiagnostic, setDiagnostics } from "@codemirror/lint";
import { search, searchKeymap } from "@codemirror/search";
import { ChangeSet, Compartment, EditorState, Prec } from "@codemirror/state";
import { EditorView, highlightSpecialChars, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { complete } from "./completion.js";
import { colours, language } from "./cypher.js";

const lettersTo = (text, count) => [...text].slice(0, count).join("").length; // the server counts signs, JavaScript counts halves of some

// Where a mark lies in a document: from and to.
const placeOf = ({ line, column, length }, doc) => {
  const within = doc.line(Math.min(Math.max(line, 1), doc.lines));
  let from = within.from + lettersTo(within.text, Math.max(column, 1) - 1);
  const rest = doc.sliceString(from, doc.length);
  const word = /^[\p{L}\p{N}_$]+/u.exec(rest)?.[0].length;
  let to = length ? from + lettersTo(rest.slice(0, 2 * length), length) : Math.min(from + (word ?? 1), within.to);
  if (to <= from) { // nothing stands there: the sign before it
    to = from;
    from = Math.max(within.from, from - 1);
  }
  return { from, to };
};

export class Field {
  constructor(parent, text, desk, { label, hint = "", lines = false }) {
    this.desk = desk;
    this.sent = { doc: null, since: null };
    this.described = new Compartment();
    this.view = new EditorView({
      parent,
      state: EditorState.create({ doc: text, extensions: this.extensions(label, hint, lines) }),
    });
    this.view.dom.addEventListener("focusin", ({ target }) => {
      if (target.closest(".cm-tooltip-autocomplete")) this.view.focus();
    });
    this.sending();
  }

  extensions(label, hint, lines) {
    const leave = { key: "Tab", run: (view) => { closeCompletion(view); return false; } }; // to the next field, and not to what is offered
    const run = { key: "Mod-Enter", run: () => { this.desk.run(); return true; }, preventDefault: true };
    return [
      Prec.highest([
        EditorView.domEventHandlers({ keydown: (event) => event.repeat && event.key === "Enter" && (event.ctrlKey || event.metaKey) }), // held down, it runs once
        keymap.of([run, leave]),
      ]),
      lines ? lineNumbers() : [],
      hint ? placeholder(hint) : [],
      highlightSpecialChars(),
      history(),
      language,
      colours,
      bracketMatching(),
      search({ top: true }),
      autocompletion({ override: [(context) => this.complete(context)], icons: false, activateOnCompletion: ({ apply }) => typeof apply === "string" }),
      keymap.of([...completionKeymap, ...searchKeymap, ...historyKeymap, { key: "F8", run: nextDiagnostic }, ...defaultKeymap]),
      EditorView.lineWrapping,
      EditorState.phrases.of(this.desk.data.labels.phrases),
      EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", autocapitalize: "off", autocorrect: "off" }),
      this.described.of([]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) this.sent.since = this.sent.since.compose(update.changes);
        // What is offered is chosen by arrows, from the field; a list that scrolls must be reachable all the same.
        update.view.dom.querySelector(".cm-tooltip-autocomplete > ul")?.setAttribute("tabindex", "0");
      }),
    ];
  }

  get text() {
    return this.view.state.doc.toString();
  }

  complete(context) {
    const whole = context.state.doc.toString();
    return complete(whole.slice(0, context.pos), whole, this.desk.parametersText(), this.desk.data.words, context.explicit, (query) => (view, completion, from, to) => {
      view.dispatch({
        changes: { from, to, insert: query.cypher },
        selection: { anchor: from + query.cypher.length },
        annotations: pickedCompletion.of(completion),
        userEvent: "input.complete",
        scrollIntoView: true,
      });
      this.desk.setParameters(query.parameters);
    });
  }

  // Note that the text as it stands has been sent: marks that come back are meant for it.
  sending() {
    this.sent = { doc: this.view.state.doc, since: ChangeSet.empty(this.view.state.doc.length) };
  }

  // Another text in place of this one; the reader can undo it.
  replace(text) {
    if (text === this.text) return;
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text }, selection: { anchor: 0 }, userEvent: "input.load", scrollIntoView: true });
  }

  insertAbove(text) {
    this.view.dispatch({ changes: { from: 0, insert: text }, userEvent: "input.complete" });
  }

  mark(marks) {
    const { doc, since } = this.sent;
    const diagnostics = marks.map((mark) => {
      const { from, to } = placeOf(mark, doc);
      return { from: since.mapPos(from, 1), to: since.mapPos(to, -1), severity: "error", message: mark.sentence };
    }).filter(({ from, to }) => from <= to);
    this.view.dispatch(setDiagnostics(this.view.state, diagnostics));
    this.view.dispatch({ effects: this.described.reconfigure(marks.length ? EditorView.contentAttributes.of({ "aria-invalid": "true", "aria-describedby": this.desk.marksId }) : []) });
  }

  // To where a mark is now.
  goTo(mark) {
    const { from } = placeOf(mark, this.sent.doc);
    this.view.dispatch({ selection: { anchor: this.sent.since.mapPos(from, 1) }, scrollIntoView: true });
    this.view.focus();
  }
}
