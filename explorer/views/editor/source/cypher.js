// Cypher cut into tokens, line by line, for the colours and for completion alike.
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { tags } from "@lezer/highlight";

// Words of the language, those that write among them: they are coloured as what they are, wherever they may not run.
const KEYWORDS = new Set((
  "add all and as asc ascending assert at by call case collect commit constraint contains count create csv cypher database delete desc "
  + "descending detach distinct drop else end ends exists explain false fieldterminator filter finish for foreach from graph group headers "
  + "if in index insert into is join key let limit load match merge next no node not nothing null nulls of offset on optional or order "
  + "password period profile property range relationship remove require return rows scan select set show skip start starts terminate then "
  + "to transactions true typed union unique unwind use user using when where with xor yield"
).split(" "));
const ALSO_NAMES = new Set("add at database filter graph group key let next node nothing of offset password period property range relationship rows scan select start to typed user for if index no nulls count collect exists all csv".split(" "));
const CALLED = new Set(["all", "any", "collect", "count", "exists", "filter", "none", "range", "single"]);
const ENDINGS = { "/*": /\*\//g, "'": /(?:\\.|[^'\\])*'/y, '"': /(?:\\.|[^"\\])*"/y };
const PAIRS = { ")": "(", "]": "[", "}": "{" };
const AFTER_COLON = new Set([":", "|", "&", "!", "(", "%"]);

export const fresh = () => ({ inside: "", open: [], last: "", kind: "", naming: "" });

const at = (pattern, line, place) => {
  pattern.lastIndex = place;
  return pattern.exec(line)?.[0];
};
const COMMAND = /:params?\b/y;
const BLANK = /\s+/y;
const REMARK = /\/\/.*/y;
const QUOTED = /`(?:[^`]|``)*(?:`|$)/y;
const PARAMETER = /\$(?:[\p{L}\p{N}_]+|`[^`]*`?)?/yu;
const NUMBER = /(?:0x[\da-f_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:e[-+]?\d+)?)/iy;
const DOTTED_CALL = /[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)+(?=\s*\()/yu;
const WORD = /[\p{L}_][\p{L}\p{N}_]*/yu;
const OPERATOR = /[-+*/%^=<>~]+/y;

// The token at a place of a line: where it ends and what it is; the state goes on to the next.
export const scan = (line, place, state) => {
  if (state.inside) return closing(line, place, state);
  const blank = at(BLANK, line, place);
  if (blank) return { end: place + blank.length, kind: null };
  if (place === 0 || !line.slice(0, place).trim()) {
    const command = !state.open.length && at(COMMAND, line, place);
    if (command) return significant(state, command, place, "command");
  }
  const remark = at(REMARK, line, place);
  if (remark) return { end: place + remark.length, kind: "comment" };
  for (const start of ["/*", "'", '"']) {
    if (!line.startsWith(start, place)) continue;
    state.inside = start;
    if (start !== "/*") significant(state, start, place, "string");
    return closing(line, place + start.length, state);
  }
  const parameter = at(PARAMETER, line, place);
  if (parameter) return significant(state, parameter, place, "parameter");
  const number = at(NUMBER, line, place);
  if (number) return significant(state, number, place, "number");
  const quoted = at(QUOTED, line, place);
  if (quoted) return significant(state, quoted, place, state.naming && AFTER_COLON.has(state.last) ? state.naming : state.last === "." ? "property" : "variable");
  const dotted = state.last !== "." && at(DOTTED_CALL, line, place);
  if (dotted) return significant(state, dotted, place, "function");
  const word = at(WORD, line, place);
  if (word) return significant(state, word, place, meaning(word, line, place + word.length, state));
  const operator = at(OPERATOR, line, place);
  return significant(state, operator ?? line[place], place, operator ? "operator" : sign(line[place], state));
};

const closing = (line, place, state) => {
  const pattern = ENDINGS[state.inside];
  const kind = state.inside === "/*" ? "comment" : "string";
  pattern.lastIndex = place;
  const found = pattern.exec(line);
  if (found) state.inside = "";
  return { end: found ? pattern.lastIndex : line.length, kind };
};

const significant = (state, text, place, kind) => {
  const names = kind === "label" || kind === "type" || ["|", "&", "!", ":", "("].includes(text);
  if (!names || (text === "|" && state.open.at(-1) === "list")) state.naming = "";
  state.last = text;
  state.kind = kind;
  return { end: place + text.length, kind };
};

const meaning = (word, line, end, state) => {
  const small = word.toLowerCase();
  const rest = line.slice(end).trimStart();
  if (state.last === ".") return "property";
  if (state.naming && AFTER_COLON.has(state.last)) return state.naming;
  if (rest.startsWith(":") && ["map", "properties"].includes(state.open.at(-1))) return "property";
  if (state.last.toLowerCase() === "as") return "variable";
  if (rest.startsWith("(") && (!KEYWORDS.has(small) || CALLED.has(small))) return "function";
  if (!KEYWORDS.has(small)) return "variable";
  if (small === "on") return /^(?:create|match)\b/i.test(rest) ? "keyword" : "variable"; // a property of the model, and so a common name of columns
  const named = ALSO_NAMES.has(small) && (rest.startsWith(".") || ["(", "["].includes(state.last));
  return named ? "variable" : "keyword";
};

// A sign by itself; brackets are remembered with what they hold.
const sign = (letter, state) => {
  const within = state.open.at(-1);
  if (letter in PAIRS) {
    state.open = state.open.slice(0, -1);
    return "bracket";
  }
  if ("([{".includes(letter)) {
    state.open = [...state.open, holding(letter, state, within)];
    return "bracket";
  }
  if (letter === ":" && !["map", "properties"].includes(within)) state.naming = within === "relationship" ? "type" : "label";
  return "punctuation";
};

const holding = (letter, { last, kind }, within) => {
  if (letter === "(") return kind === "function" ? "call" : "node";
  if (letter === "[") return last.endsWith("-") ? "relationship" : ["variable", "property", "parameter"].includes(kind) || last === ")" || last === "]" ? "index" : "list";
  if (["exists", "count", "collect", "call"].includes(last.toLowerCase()) || last === ")") return "subquery";
  if (kind === "label" || kind === "type" || (kind === "variable" && (within === "node" || within === "relationship"))) return "properties";
  return "map";
};

// All tokens of a text but blanks and comments, with their places; the state at its end; whether a remark goes on there.
export const tokens = (text) => {
  const state = fresh();
  const found = [];
  let start = 0;
  let remark = false;
  for (const line of text.split("\n")) {
    remark = false;
    for (let place = 0; place < line.length;) {
      const begins = !state.inside && line.startsWith("//", place);
      const { end, kind } = scan(line, place, state);
      remark = begins && kind === "comment";
      const before = found.at(-1);
      if (kind && kind !== "comment") {
        const goesOn = kind === "string" && before?.kind === "string" && before.unclosed;
        if (goesOn) Object.assign(before, { to: start + end, unclosed: Boolean(state.inside) });
        else found.push({ kind, text: line.slice(place, end), from: start + place, to: start + end, unclosed: Boolean(state.inside) });
      }
      place = end;
    }
    start += line.length + 1;
  }
  return { found, state, remark };
};

const TAGS = {
  command: tags.meta,
  keyword: tags.keyword,
  function: tags.function(tags.variableName),
  label: tags.typeName,
  type: tags.tagName,
  property: tags.propertyName,
  parameter: tags.special(tags.variableName),
  string: tags.string,
  number: tags.number,
  comment: tags.comment,
  variable: tags.variableName,
  operator: tags.operator,
  bracket: tags.bracket,
  punctuation: tags.punctuation,
};

export const language = StreamLanguage.define({
  name: "cypher",
  startState: fresh,
  token: (stream, state) => {
    const { end, kind } = scan(stream.string, stream.pos, state);
    stream.pos = end;
    return kind && `cypher-${kind}`; // by names of its own: "type" and others are CodeMirror's for something else
  },
  tokenTable: Object.fromEntries(Object.entries(TAGS).map(([kind, tag]) => [`cypher-${kind}`, tag])),
  languageData: { commentTokens: { line: "//", block: { open: "/*", close: "*/" } } },
});

const COLOURED = ["command", "keyword", "function", "label", "type", "property", "parameter", "string", "number", "comment"];
export const colours = syntaxHighlighting(HighlightStyle.define(COLOURED.map((kind) => ({ tag: TAGS[kind], class: `cypher-is-${kind}` }))));
