// The two lists beneath the editor: what was saved under a name, and what was run last.
import { button, element, filled } from "./elements.js";

const SHOWN = 120; // letters of a statement that stand for it

const brief = (statement) => {
  const line = statement.replace(/\s+/g, " ").trim();
  return line.length > SHOWN ? `${line.slice(0, SHOWN)} …` : line;
};

export class Lists {
  constructor(desk) {
    this.desk = desk;
    this.filled = false;
    this.renamed = ""; // the saved statement whose name is being changed
    this.saved = { summary: element("summary"), body: element("div") };
    this.runs = { summary: element("summary"), body: element("div") };
    this.node = element("div", { class: "cypher-lists" },
      element("details", { class: "cypher-saved" }, this.saved.summary, this.saved.body),
      element("details", { class: "cypher-runs" }, this.runs.summary, this.runs.body));
  }

  draw() {
    const { data, shelf } = this.desk;
    const { labels } = data;
    const { saved, runs } = shelf.lists;
    if (saved.length && !this.filled) this.saved.summary.parentElement.open = true; // so that the first one is seen
    this.filled = saved.length > 0;
    const count = (list) => new Intl.NumberFormat(data.language).format(list.length);
    this.saved.summary.textContent = filled(labels.saved, { count: count(saved) });
    this.runs.summary.textContent = filled(labels.history, { count: count(runs) });
    this.saved.body.replaceChildren(saved.length ? element("ul", {}, saved.map((one) => this.savedEntry(one))) : element("p", {}, labels.saved_empty));
    this.runs.body.replaceChildren(...runs.length
      ? [element("ul", {}, runs.map((one) => this.run(one))), button(labels.clear_history, () => this.change("runs", () => shelf.empty("runs"), labels.was_cleared), { class: "cypher-clear" })]
      : [element("p", {}, labels.history_empty)]);
  }

  savedEntry(one) {
    const { labels } = this.desk.data;
    if (this.renamed === one.name) return this.renaming(one);
    return element("li", {},
      button([element("b", {}, one.name), element("code", {}, brief(one.statement))], () => this.desk.load(one), { class: "cypher-load", "aria-label": filled(labels.load, one) }),
      element("span", { class: "cypher-entry" },
        button(labels.rename, () => this.rename(one), { "aria-label": filled(labels.rename_entry, one) }),
        button(labels.delete, () => this.remove("saved", one, one.name), { "aria-label": filled(labels.delete_entry, one) })));
  }

  run(one) {
    const { data: { labels, language } } = this.desk;
    const when = one.at ? new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(one.at) : "";
    const name = brief(one.statement);
    return element("li", {},
      button([element("span", { class: "cypher-when" }, when), element("code", {}, name)], () => this.desk.load(one), { class: "cypher-load", "aria-label": filled(labels.load, { name: `${name} ${when}`.trim() }) }),
      element("span", { class: "cypher-entry" },
        button(labels.delete, () => this.remove("runs", one, name), { "aria-label": filled(labels.delete_entry, { name }) })));
  }

  renaming(one) {
    const { labels } = this.desk.data;
    const name = element("input", { type: "text", value: one.name, maxlength: 120, "aria-label": filled(labels.rename_to, one) });
    const keep = () => {
      const to = name.value.trim();
      if (!to) return this.desk.say(labels.name_missing);
      if (to !== one.name && this.desk.shelf.has(to)) return this.desk.say(filled(labels.name_taken, { name: to }));
      this.renamed = "";
      if (to === one.name) this.draw();
      else this.change("saved", () => this.desk.shelf.rename(one.name, to), filled(labels.was_renamed, { name: to }));
      return this.focus(to);
    };
    const cancel = () => {
      this.renamed = "";
      this.draw();
      this.focus(one.name);
    };
    name.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.preventDefault();
      if (event.key === "Enter") keep();
      else cancel();
    });
    return element("li", { class: "cypher-renaming" }, name, element("span", { class: "cypher-entry" }, button(labels.keep, keep), button(labels.cancel, cancel)));
  }

  rename(one) {
    this.renamed = one.name;
    this.draw();
    this.saved.body.querySelector("input").select();
  }

  remove(list, one, name) {
    this.change(list, () => this.desk.shelf.remove(list, one), filled(this.desk.data.labels.was_deleted, { name }));
    this[list].summary.focus(); // the button that had the focus is gone
  }

  // Do something to the lists and say so, with a way to take it back.
  change(list, act, sentence) {
    const before = act();
    this.draw();
    this.desk.kept(sentence, () => {
      this.desk.shelf.restore(list, before);
      this.draw();
      this[list].summary.focus();
    });
  }

  focus(name) {
    [...this.saved.body.querySelectorAll(".cypher-load")].find((one) => one.firstChild.textContent === name)?.focus();
  }
}
