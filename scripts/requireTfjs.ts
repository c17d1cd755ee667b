// Lets the built package load TensorFlow.js by `require`: `tsx scripts/requireTfjs.ts FOLDER`, where FOLDER is what tsc wrote.
//
// TensorFlow.js is CommonJS. Where a module imports it, Node first parses its four megabytes for the names that it exports,
// which takes four times as long as to load it. Whoever imports it gets the same functions either way.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { parse } from "es-module-lexer/js";

const PACKAGE = /^@tensorflow\/tfjs-(?:core|layers|backend-(?:cpu|wasm|webgpu))$/;

/** Rewrites every module of a folder that imports TensorFlow.js, and writes beside them the modules that require it. */
export function requireTfjs(folder: string): void {
  const required = new Set<string>();
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".js")) continue;
    const path = join(folder, file);
    const code = readFileSync(path, "utf8");
    const rewritten = rewriteImports(code, (name) => {
      required.add(name);
      return pathBetween(dirname(path), join(folder, moduleOf(name)));
    });
    if (rewritten !== code) writeFileSync(path, rewritten);
  }
  for (const name of required) writeRequiring(join(folder, moduleOf(name)), name);
}

/**
 * Returns code that takes what it imported from a package of TensorFlow.js from the module that requires the package.
 *
 * @param moduleFor the path of that module, as an import states it.
 */
export function rewriteImports(code: string, moduleFor: (name: string) => string): string {
  let rewritten = code;
  const [imports] = parse(code);
  // From the last to the first, so that the places of those before stay.
  for (const { n: name, d: dynamic, ss: start, s: nameStart, se: end } of [...imports].reverse()) {
    if (name === undefined || dynamic !== -1 || !PACKAGE.test(name)) continue;
    const clause = code.slice(start + "import".length, nameStart - 1).replace(/from\s*$/, "");
    const taken = take(clause.trim(), `tfjs${start}`, moduleFor(name));
    rewritten = rewritten.slice(0, start) + taken + rewritten.slice(end);
  }
  return rewritten;
}

/** Imports what a clause imports, from a module whose default export is the whole package. */
function take(clause: string, local: string, module: string): string {
  const from = JSON.stringify(module);
  if (clause === "") return `import ${from}`;
  if (clause.startsWith("*")) return `import ${clause.replace(/^\*\s*as\s+/, "")} from ${from}`;
  return `import ${local} from ${from}; const ${clause.replace(/\s+as\s+/g, ": ")} = ${local}`;
}

/** Where the module that requires a package lies in the built folder. */
function moduleOf(name: string): string {
  return join("tfjs", `${name.slice("@tensorflow/tfjs-".length)}.js`);
}

function writeRequiring(path: string, name: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(
    path,
    `import { createRequire } from "node:module";\nexport default createRequire(import.meta.url)("${name}");\n`,
  );
}

function pathBetween(from: string, to: string): string {
  const path = relative(from, to).replaceAll("\\", "/");
  return path.startsWith(".") ? path : `./${path}`;
}

const [folder] = process.argv.slice(2);
if (resolve(process.argv[1] ?? "") === import.meta.filename && folder !== undefined) requireTfjs(folder);
