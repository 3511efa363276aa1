// Makes built/ from source/: the two scripts, the style, and the licences of all that went into them.
// With --check nothing is written, and what differs is named.
import { readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const made = await build({
  absWorkingDir: HERE,
  entryPoints: ["source/editor.js", "source/field.js", "source/editor.css"],
  outdir: "built",
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome111", "firefox115", "safari16.4"],
  charset: "utf8",
  banner: Object.fromEntries(["js", "css"].map((kind) => [kind, "/* Built from source/ by npm run build; licences in LICENCES.txt. */"])), // a line of its own: Streamlit takes text of one line for a path
  legalComments: "none", // they stand in the file of licences
  metafile: true,
  write: false,
});

const packages = [...new Set(Object.keys(made.metafile.inputs).flatMap((input) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []))].sort();
const licences = await Promise.all(packages.map(async (name) => {
  const folder = join(HERE, "node_modules", ...name.split("/"));
  const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
  if (!file) throw new Error(`${name} comes without the text of its licence`);
  return `${name} ${version} (${license})\n\n${(await readFile(join(folder, file), "utf8")).trim()}\n`;
}));
const head = "What editor.js is made with, and on which terms. Written by the build.\n";

const files = new Map(made.outputFiles.map((file) => [file.path.split(sep).at(-1), file.text]));
files.set("LICENCES.txt", [head, ...licences].join(`\n${"-".repeat(80)}\n\n`));
const stale = [];
for (const [name, text] of files) {
  const path = join(HERE, "built", name);
  if (!process.argv.includes("--check")) await writeFile(path, text);
  else if ((await readFile(path, "utf8").catch(() => "")) !== text) stale.push(name);
  console.log(`${name}: ${Buffer.byteLength(text).toLocaleString("en")} bytes`);
}
if (stale.length) {
  console.error(`not what the build makes: ${stale.join(", ")} (npm run build)`);
  process.exit(1);
}
