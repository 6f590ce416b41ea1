// Builds the editor of the query desk into static/editor/: one script, one style sheet, and the licences of what is in
// them. `npm run build` runs it; what it makes is not committed.
import { build } from "esbuild";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { mended } from "./mended.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const out = join(here, "..", "static", "editor");

await build({
  entryPoints: { editor: join(here, "editor.mjs") },
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "eof",
  logLevel: "warning",
  plugins: [mended],
});
writeFileSync(join(out, "LICENSES.txt"), licences("@zazuko/yasgui"));

// The licence of every package that goes into the bundle, by the lock file's dependencies.
function licences(first) {
  const locked = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const names = new Set();
  const walk = (name) => {
    const found = locked[`node_modules/${name}`];
    if (!found || names.has(name)) return;
    names.add(name);
    Object.keys(found.dependencies ?? {}).forEach(walk);
  };
  walk(first);
  return [...names].sort().map(licence).join(`\n${"-".repeat(78)}\n\n`);
}

function licence(name) {
  const folder = join(root, "node_modules", name);
  const told = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const author = typeof told.author === "string" ? told.author : told.author?.name;
  const people = [author, ...(told.contributors ?? []).map((one) => one.name ?? one)].filter(Boolean).join(", ");
  const files = readdirSync(folder).filter((file) => /^(licen[sc]e|copying|notice)/i.test(file));
  const texts = files.map((file) => readFileSync(join(folder, file), "utf8").trim());
  const kept = join(here, "licences", `${told.license}.txt`);
  if (!texts.length && existsSync(kept)) texts.push(readFileSync(kept, "utf8").trim());
  if (!texts.length) throw new Error(`${name}: there is no text of its licence, ${told.license}`);
  return [`${name} ${told.version} (${told.license ?? "see below"})`, people, "", ...texts, ""].join("\n");
}
