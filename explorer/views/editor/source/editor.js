// The desk in the browser: two fields, a button to run, what is wrong, and the lists beneath.
import { button, element, filled } from "./elements.js";
import { Field } from "./fields.js";
import { Lists } from "./lists.js";
import { give } from "./share.js";
import { Shelf } from "./shelf.js";

const desks = new WeakMap();
let count = 0;

class Desk {
  constructor({ data, parentElement, setTriggerValue }) {
    this.data = data;
    this.send = setTriggerValue;
    this.marksId = `cypher-marks-${count += 1}`;
    this.shelf = new Shelf(() => this.lists.draw());
    this.lists = new Lists(this);
    this.message = element("div", { class: "cypher-message", role: "status" });
    this.marks = element("div", { class: "cypher-marks", id: this.marksId, "aria-live": "polite" });
    this.root = element("div", { class: "cypher-desk" });
    parentElement.append(this.root);
    this.build();
    this.root.addEventListener("focusout", ({ relatedTarget }) => {
      if (!this.root.contains(relatedTarget)) this.left();
    });
  }

  build() {
    const { labels, statement, parameters } = this.data;
    const [above, below] = [element("div", { class: "cypher-field cypher-statement" }), element("div", { class: "cypher-field cypher-parameters" })];
    this.statement = new Field(above, statement, this, { label: labels.statement, hint: labels.placeholder, lines: true });
    this.parameters = parameters === null ? null : new Field(below, parameters, this, { label: labels.parameters });
    this.name = element("input", { type: "text", maxlength: 120, "aria-label": labels.save_as, placeholder: labels.save_as, onkeydown: (event) => {
      if (event.key === "Enter") this.save();
    } });
    this.root.append(...[
      element("p", { class: "cypher-label" }, labels.statement),
      above,
      this.parameters && element("p", { class: "cypher-label" }, labels.parameters),
      this.parameters && below,
      element("div", { class: "cypher-actions" },
        button(labels.run, () => this.run(), { class: "cypher-run" }),
        element("span", { class: "cypher-save" }, this.name, button(labels.save, () => this.save()))),
      element("p", { class: "cypher-keys" }, labels.keys),
      this.marks,
      this.message,
      this.lists.node,
      element("p", { class: "cypher-keys" }, labels.where_kept),
    ].filter(Boolean));
    this.lists.draw();
    if (this.shelf.trouble) this.say(this.troubled());
    this.sent = this.texts();
    this.showMarks();
  }

  texts() {
    return { statement: this.statement.text, parameters: this.parameters?.text ?? "" };
  }

  parametersText() {
    return this.parameters?.text ?? "";
  }

  // New data from the server: marks for what was sent, or another text to show.
  update({ data, setTriggerValue }) {
    const before = this.data;
    this.data = data;
    this.send = setTriggerValue;
    if (data.loaded !== before.loaded) {
      this.statement.replace(data.statement);
      this.parameters?.replace(data.parameters ?? "");
      this.sending();
    }
    if (data.loaded !== before.loaded || data.sent !== before.sent || JSON.stringify(data.marks) !== JSON.stringify(before.marks)) this.showMarks();
  }

  sending() {
    this.sent = this.texts();
    this.statement.sending();
    this.parameters?.sending();
  }

  run() {
    this.sending();
    this.say("");
    if (this.sent.statement.trim()) {
      this.shelf.ran(this.sent.statement, this.sent.parameters);
      this.lists.draw();
      if (this.shelf.trouble === "full") this.say(this.troubled());
    }
    this.send("run", this.sent);
  }

  left() {
    const { statement, parameters } = this.texts();
    if (statement === this.sent.statement && parameters === this.sent.parameters) return;
    this.sending();
    this.send("left", this.sent);
  }

  showMarks() {
    this.show(this.data.marks);
  }

  show(marks) {
    const { labels } = this.data;
    const [ofStatement, ofParameters] = ["statement", "parameters"].map((part) => marks.filter((mark) => mark.part === part));
    this.statement.mark(ofStatement);
    this.parameters?.mark(ofParameters);
    const field = (mark) => mark.part === "parameters" && this.parameters ? this.parameters : this.statement;
    this.marks.replaceChildren(...marks.length ? [
      element("p", { class: "cypher-label" }, labels.mistakes),
      element("ul", {}, marks.map((mark) => element("li", {}, button(mark.said, () => field(mark).goTo(mark))))),
    ] : []);
  }

  load({ statement, parameters }) {
    const inOneField = this.parameters || !parameters ? statement : `${parameters}\n${statement}`;
    this.statement.replace(inOneField);
    this.parameters?.replace(parameters);
    this.show([]); // they were meant for another text
    this.say(this.data.labels.was_loaded);
    this.statement.view.focus();
  }

  // Parameters of a query that was inserted: those that are not set yet, in their field or above the statement.
  setParameters(lines) {
    const name = (line) => /^:params?\s+(`[^`]+`|[\p{L}\p{N}_]+)/u.exec(line)?.[1];
    const set = new Set(`${this.parametersText()}\n${this.statement.text}`.split("\n").map((line) => name(line.trim())));
    const missing = lines.split("\n").filter((line) => line && !set.has(name(line)));
    if (!missing.length) return;
    const added = `${missing.join("\n")}\n`;
    (this.parameters ?? this.statement).insertAbove(added);
  }

  save() {
    const { labels } = this.data;
    const { statement, parameters } = this.texts();
    const name = this.name.value.trim();
    if (!statement.trim()) return this.say(labels.nothing_to_save);
    if (!name) {
      this.name.focus();
      return this.say(labels.name_missing);
    }
    const sentence = filled(this.shelf.has(name) ? labels.was_replaced : labels.was_saved, { name });
    return this.lists.change("saved", () => this.shelf.save(name, statement, parameters), sentence);
  }

  troubled() {
    return this.data.labels[this.shelf.trouble === "full" ? "storage_full" : "storage_forbidden"];
  }

  // Say what became of a change to the lists: done, done for as long as the page is open, or not done.
  kept(sentence, takeBack) {
    if (this.shelf.trouble === "full") return this.say(this.troubled());
    return this.say(this.shelf.trouble ? `${sentence} ${this.troubled()}` : sentence, takeBack);
  }

  say(sentence, takeBack) {
    const undo = takeBack && button(this.data.labels.take_back, () => {
      this.say("");
      takeBack();
    });
    this.message.replaceChildren(...sentence ? [element("p", {}, sentence, " ", undo ?? "")] : []);
  }

  close() {
    this.send = () => {}; // a field that loses the focus because it goes has nobody to send to
    this.shelf.close();
    this.statement.view.destroy();
    this.parameters?.view.destroy();
    this.root.remove();
  }
}

// Called by the field at first and whenever its data change; what it returns is called when the field goes.
const open = (component) => {
  const place = component.parentElement;
  const known = desks.get(place);
  if (known && fits(known.data, component.data)) known.update(component);
  else {
    known?.close();
    desks.set(place, new Desk(component));
  }
  return () => {
    desks.get(place)?.close();
    desks.delete(place);
  };
};

// Whether a desk can go on: it says and knows the same, and it has the same fields.
const fits = (before, after) => before.known === after.known && (before.parameters === null) === (after.parameters === null);

export default ({ data: { digest, ...known } }) => give(digest, { open, known });
