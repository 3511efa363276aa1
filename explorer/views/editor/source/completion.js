// What can stand at a place of a statement, from what stands before it and from the words that the server knows.
import { pickedCompletion } from "@codemirror/autocomplete";
import { tokens } from "./cypher.js";

const PARAMETER_LINE = /^\s*:params?\s+(?:`([^`]+)`|([\p{L}_][\p{L}\p{N}_]*))/gmu;
const TWO_WORDS = /(?:\b(?:order|optional|starts|ends|union|is|is\s+not)\s+)?[\p{L}\p{N}_]*$/iu;
const COMMAND = /^\s*:\w*$/;
const WORD = /[\p{L}\p{N}_]*$/u;
const PLAIN = /^[\p{L}_][\p{L}\p{N}_]*$/u;

// Which labels or types the statement gives to each of its variables.
const kindsOf = (found) => {
  const kinds = new Map();
  found.forEach((token, place) => {
    if (token.kind !== "label" && token.kind !== "type") return;
    let back = place;
    while (back > 0 && (["label", "type"].includes(found[back].kind) || [":", "|", "&", "!", "("].includes(found[back].text))) back -= 1;
    if (found[back].kind === "variable") kinds.set(found[back].text, [...(kinds.get(found[back].text) ?? []), token.text]);
  });
  found.forEach(({ kind, text }, place) => {
    const named = found[place + 2];
    if (kind === "variable" && found[place + 1]?.text.toLowerCase() === "as" && named?.kind === "variable" && kinds.has(text) && !kinds.has(named.text)) kinds.set(named.text, kinds.get(text));
  });
  return kinds;
};

const unique = (items) => [...new Map(items.map((item) => [item.name, item])).values()];

const propertiesOf = (kinds, words) => {
  const all = [...words.labels, ...words.types];
  const meant = kinds ? all.filter(({ name }) => kinds.includes(name)) : [];
  return unique((meant.length ? meant : all).flatMap(({ properties }) => properties));
};

// The token before which the bracket stands that holds the place at the end; -1 where none does.
const opener = (found, end = found.length) => {
  let depth = 0;
  for (let back = end - 1; back >= 0; back -= 1) {
    if (found[back].kind !== "bracket") continue;
    if (")]}".includes(found[back].text)) depth += 1;
    else if (depth === 0) return back;
    else depth -= 1;
  }
  return -1;
};

// Labels or types of what a map in a pattern describes, or a map behind a variable: (p:Plan {…}), p {.…}.
const kindsOfMap = (found, kinds) => {
  const brace = opener(found);
  if (brace < 1 || found[brace].text !== "{") return undefined;
  const said = [];
  let back = brace - 1;
  for (; back >= 0 && (["label", "type"].includes(found[back].kind) || [":", "|", "&", "!"].includes(found[back].text)); back -= 1) {
    if (["label", "type"].includes(found[back].kind)) said.push(found[back].text);
  }
  return said.length ? said : kinds.get(found[back]?.text);
};

// The closed list that a value would come from: s.stage = …, s.stage IN [… , …, {stage: …}.
const codesAt = (found, kinds, words) => {
  let back = found.length - 1;
  if (found[back]?.text === ":" && found[back - 1]?.kind === "property") {
    return codesOf(found[back - 1].text, kindsOfMap(found, kinds), words);
  }
  if (["[", ","].includes(found[back]?.text)) { // in a list: before it stands what is compared with it
    while (found[back]?.kind === "string" || found[back]?.text === ",") back -= 1;
    if (found[back]?.text !== "[") return [];
    back -= 1;
  }
  if (!["=", "<>", "in"].includes(found[back]?.text.toLowerCase())) return [];
  const [owner, dot, property] = found.slice(Math.max(back - 3, 0), back);
  return dot?.text === "." && property?.kind === "property" ? codesOf(property.text, kinds.get(owner.text), words) : [];
};

const codesOf = (property, kinds, words) => propertiesOf(kinds, words).find(({ name }) => name === property)?.codes ?? [];

const option = (type) => ({ name, info }) => ({ label: name, type, info: info || undefined });
const asFunction = ({ name, info }) => ({
  label: name,
  displayLabel: `${name}()`,
  type: "function",
  info,
  apply: (view, completion, from, to) => {
    const called = view.state.sliceDoc(to, to + 1) === "(";
    view.dispatch({
      changes: { from, to, insert: called ? name : `${name}()` },
      selection: { anchor: from + name.length + 1 },
      annotations: pickedCompletion.of(completion),
      userEvent: "input.complete",
    });
  },
});

// Values of a closed list, in quotes; quotes that stand there already are kept.
const asCode = (open) => ({ name, info }) => {
  const written = name.replace(/[\\']/g, "\\$&");
  return { label: name, info, type: "constant", apply: (view, completion, from, to) => {
    const closed = view.state.sliceDoc(to, to + 1) === (open || "'");
    const insert = open ? written + (closed ? "" : open) : `'${written}'`;
    view.dispatch({
      changes: { from, to, insert },
      selection: { anchor: from + insert.length + (open && closed ? 1 : 0) },
      annotations: pickedCompletion.of(completion),
      userEvent: "input.complete",
    });
  } };
};

const result = (before, options) => options.length ? { from: before.length - WORD.exec(before)[0].length, options, validFor: /^[\p{L}\p{N}_]*$/u } : null;

const typesThere = (found, words, kinds) => {
  const bracket = opener(found);
  const node = opener(found, bracket - 2 < 0 ? 0 : bracket - 2);
  const inNode = found.slice(Math.max(node, 0), Math.max(bracket, 0));
  const labels = inNode.flatMap(({ kind, text }) => kind === "label" ? [text] : kind === "variable" ? kinds.get(text) ?? [] : []);
  return words.types.map((type) => ({ ...option("type")(type), boost: [...type.starts, ...type.ends].some((label) => labels.includes(label)) ? 1 : 0 }));
};

// Where any expression or clause can begin: variables, words of the language, functions, queries of the library.
const anything = (before, found, kinds, words, onQuery) => {
  const variables = unique(found.filter(({ kind, text }) => kind === "variable" && PLAIN.test(text)).map(({ text }) => ({ name: text, info: kinds.get(text)?.join(", ") })));
  const two = TWO_WORDS.exec(before)[0];
  const several = two.includes(" ") && words.keywords.filter((word) => word.startsWith(two.toUpperCase().replace(/\s+/g, " ")));
  if (several?.length) return { from: before.length - two.length, options: several.map((label) => ({ label, type: "keyword" })) };
  return result(before, [
    ...variables.map((one) => ({ ...option("variable")(one), boost: 2 })),
    ...words.keywords.map((label) => ({ label, type: "keyword", boost: 1 })),
    ...words.functions.map(asFunction),
    ...words.queries.map((query) => ({ label: query.name, detail: query.info, type: "query", boost: -1, apply: onQuery(query) })),
  ]);
};

const beginsName = (found) => {
  const [before, last] = [found.at(-2), found.at(-1)];
  if (last?.text.toLowerCase() === "as") return true;
  if (last?.text === "[") return Boolean(before?.text.endsWith("-"));
  return last?.text === "(" && (!before || before.text === "," || /[->]$/.test(before.text) || before.text.toLowerCase() === "match");
};

// Completion at the end of a text, for CodeMirror; `parameters` is the text of the field beside it.
export const complete = (before, whole, parameters, words, explicit, onQuery) => {
  const word = WORD.exec(before)[0];
  const { found, state, remark } = tokens(before.slice(0, before.length - word.length));
  const kinds = kindsOf(tokens(whole).found);
  if (state.inside === "/*" || remark) return null;
  if (state.inside) {
    const start = found.at(-1).from;
    const codes = codesAt(found.slice(0, -1), kinds, words);
    return codes.length ? { from: start + 1, options: codes.map(asCode(state.inside)), validFor: /^[^'"]*$/ } : null;
  }
  const last = found.at(-1);
  if (before.at(-word.length - 1) === "$") {
    const names = [...`${parameters}\n${whole}`.matchAll(PARAMETER_LINE)].map(([, quoted, plain]) => quoted ? `\`${quoted}\`` : plain);
    return result(before, [...new Set(names)].map((label) => ({ label, type: "constant" })));
  }
  if (/^\d/.test(word)) return null;
  if (!state.open.length && COMMAND.test(before.slice(before.lastIndexOf("\n") + 1))) return result(before, [{ label: "param", type: "keyword" }]);
  if (state.naming && last && [":", "|", "&", "!", "("].includes(last.text)) {
    return result(before, state.naming === "type" ? typesThere(found, words, kinds) : words.labels.map(option("class")));
  }
  if (last?.text === ".") {
    const owner = found.at(-2);
    if (owner?.kind === "number") return null;
    const projected = ["{", ","].includes(owner?.text);
    return result(before, propertiesOf(projected ? kindsOfMap(found, kinds) : kinds.get(owner?.text), words).map(option("property")));
  }
  if (state.open.at(-1) === "properties" && ["{", ","].includes(last?.text)) {
    return result(before, propertiesOf(kindsOfMap(found, kinds), words).map((one) => ({ ...option("property")(one), apply: `${one.name}: ` })));
  }
  const codes = codesAt(found, kinds, words);
  if (codes.length && (explicit || word || last.text !== ",")) return result(before, codes.map(asCode("")));
  if (beginsName(found)) return last.text.toLowerCase() === "as" ? null : result(before, [...kinds.keys()].filter((name) => PLAIN.test(name)).map((name) => ({ label: name, type: "variable", info: kinds.get(name).join(", ") })));
  return word || explicit ? anything(before, found, kinds, words, onQuery) : null;
};
