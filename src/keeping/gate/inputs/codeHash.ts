// This file hashes the part of learnproof's code that a measurement runs: the modules that its imports reach, in a
// clone as in the built package. Imports do not reach code that only prints, judges or compares.

import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const SELF = fileURLToPath(import.meta.url);

/** `.ts` in a clone, `.js` in an installed package. */
const SUFFIX = extname(SELF);

/** Our own code. */
const CODE = join(dirname(SELF), "..", "..", "..");

/** The modules from which imports are followed: the measurement and the start of its engine. */
const ENTRIES = ["keeping/gate/measurement/measure", "learning/engine/startEngine"];

/** Files that a module reads beside itself, such as the compiled kernels. */
const BESIDE = /new URL\(\s*"([^"]+)",\s*import\.meta\.url/g;

const hashes = new Map<string, Promise<string>>();

/**
 * SHA-256, in hexadecimal, of the code that a measurement runs and of the files that this code reads beside itself.
 * Comments and line ends are no part of it, nor are other packages.
 *
 * @param root folder of the code. @defaultValue this package's own
 * @param modules those from which imports are followed, without their endings. @defaultValue the measurement's
 */
export function hashCode(root: string = CODE, modules: readonly string[] = ENTRIES): Promise<string> {
  const key = [root, ...modules].join("\0");
  const hash = hashes.get(key) ?? hashAnew(root, modules);
  hashes.set(key, hash);
  return hash;
}

async function hashAnew(root: string, modules: readonly string[]): Promise<string> {
  const entries = modules.map((entry) => `${entry}${SUFFIX}`);
  const { texts, files } = SUFFIX === ".ts" ? await bundle(root, entries) : readBuilt(root, entries);
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text.length}\0${text}`);
  for (const file of [...files].sort()) {
    for (const beside of filesBeside(join(root, file))) hash.update(readFileSync(beside));
  }
  return hash.digest("hex");
}

interface Code {
  readonly texts: readonly string[];
  /** The modules, relative to the folder of the code. */
  readonly files: readonly string[];
}

/** Bundles the code of a clone, in which types and comments come and go. Only development has the bundler. */
async function bundle(root: string, entries: readonly string[]): Promise<Code> {
  const { build } = await import("esbuild");
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: entries.map((entry) => `./${entry}`),
    bundle: true,
    outdir: "bundle",
    packages: "external",
    platform: "node",
    format: "esm",
    minifyWhitespace: true,
    legalComments: "none",
    // The result must depend on the code alone, so a tsconfig.json in a folder above is ignored.
    tsconfigRaw: {},
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  return { texts: outputFiles.map(({ text }) => text), files: Object.keys(metafile.inputs) };
}

/** The specifier of an import of our own code, as the compiler writes it. */
const OWN_IMPORT = /(?:\bfrom|\bimport|\bimport\()\s*"(\.{1,2}\/[^"]+)"/g;

/** Reads the built modules that the imports reach, each as it is: only a patch changes them. */
function readBuilt(root: string, entries: readonly string[]): Code {
  const texts = new Map<string, string>();
  const waiting = [...entries];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (texts.has(file)) continue;
    const text = readFileSync(join(root, file), "utf8");
    texts.set(file, text);
    for (const [, path] of text.matchAll(OWN_IMPORT)) waiting.push(join(dirname(file), path as string));
  }
  const files = [...texts.keys()].sort();
  return { texts: files.map((file) => texts.get(file) as string), files };
}

function filesBeside(file: string): string[] {
  const named = [...readFileSync(file, "utf8").matchAll(BESIDE)].map(([, path]) =>
    join(dirname(file), path as string),
  );
  return named.filter((path) => extname(path) !== "" && existsSync(path));
}
