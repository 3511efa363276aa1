// What the reader's browser keeps: statements saved under names, and the last runs. Nothing of it goes to the server by itself.
const PLACE = "partnership-explorer.statements";
const MOST_RUNS = 50;

const text = (value) => typeof value === "string" ? value : "";
const entry = (one) => ({ name: text(one?.name), statement: text(one?.statement), parameters: text(one?.parameters), at: Number(one?.at) || 0 });
const entries = (list) => Array.isArray(list) ? list.map(entry).filter(({ statement }) => statement) : [];
const same = (a, b) => a.statement === b.statement && a.parameters === b.parameters;

export class Shelf {
  // `changed` is called when another window of this browser has changed the lists.
  constructor(changed) {
    this.lists = { saved: [], runs: [] };
    this.trouble = ""; // "full" or "forbidden"
    this.read();
    this.listen = (event) => {
      if (event.key !== PLACE && event.key !== null) return;
      this.read();
      changed();
    };
    addEventListener("storage", this.listen);
  }

  close() {
    removeEventListener("storage", this.listen);
  }

  read() {
    let kept;
    try {
      kept = localStorage.getItem(PLACE);
      this.trouble = "";
    } catch {
      this.trouble = "forbidden";
      return;
    }
    try {
      const lists = JSON.parse(kept ?? "{}");
      this.lists = { saved: entries(lists?.saved), runs: entries(lists?.runs) };
    } catch {
      this.lists = { saved: [], runs: [] }; // somebody else wrote there what is no list
    }
  }

  // Change the lists as another window may have left them; the lists before, to take it back.
  change(how) {
    if (this.trouble !== "forbidden") this.read();
    const before = this.lists;
    const after = { ...before, ...how(before) };
    try {
      localStorage.setItem(PLACE, JSON.stringify(after));
      this.trouble = "";
    } catch (error) {
      this.trouble = error?.name === "QuotaExceededError" || error?.name === "NS_ERROR_DOM_QUOTA_REACHED" ? "full" : "forbidden";
    }
    if (this.trouble !== "full") this.lists = after; // where nothing may be kept, the lists last as long as the page
    return before;
  }

  restore(list, before) {
    return this.change(() => ({ [list]: before[list] }));
  }

  ran(statement, parameters) {
    const run = { ...entry({ statement, parameters }), at: Date.now() };
    return this.change(({ runs }) => ({ runs: [run, ...runs.filter((one) => !same(one, run))].slice(0, MOST_RUNS) }));
  }

  save(name, statement, parameters) {
    const one = { ...entry({ name, statement, parameters }), at: Date.now() };
    return this.change(({ saved }) => ({ saved: [one, ...saved.filter((other) => other.name !== name)] }));
  }

  rename(name, to) {
    return this.change(({ saved }) => ({ saved: saved.map((one) => one.name === name ? { ...one, name: to } : one) }));
  }

  remove(list, one) {
    return this.change((lists) => ({ [list]: lists[list].filter((other) => !(same(other, one) && other.name === one.name)) }));
  }

  empty(list) {
    return this.change(() => ({ [list]: [] }));
  }

  has(name) {
    return this.lists.saved.some((one) => one.name === name);
  }
}
