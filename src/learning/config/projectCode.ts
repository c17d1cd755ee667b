// The code of learnproof.config and of the project's own modules that it imports, for a hash. Packages are left out:
// their versions are hashed elsewhere.

import { readFileSync, statSync } from "node:fs";
import { isBuiltin } from "node:module";
import { extname, isAbsolute, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Jiti } from "jiti";
import { findProjectFile } from "./findProjectFile.ts";
import { LOADING } from "./projectFile.ts";

/** A specifier in translated code, in which every import is a call. */
const IMPORT = /\b(?:require|jitiImport|import)\(\s*["']([^"'\n]+)["']/g;
const MODULES = `${sep}node_modules${sep}`;
const TRANSLATED = [".ts", ".mts", ".cts", ".tsx", ".js", ".mjs", ".cjs", ".jsx"];

/** Reads the code of the project's file and of its own modules as one text; empty if there is no such file. */
export async function readProjectCode(): Promise<string> {
  return [...(await readProjectModules()).values()].join("\n");
}

/** Reads the project's file and its own modules, each by its path; none if there is no such file. */
export async function readProjectModules(): Promise<ReadonlyMap<string, string>> {
  const path = findProjectFile();
  if (path === null) return new Map();
  const { createJiti } = await import("jiti");
  const jiti = createJiti(path, LOADING);
  const texts = new Map<string, string>();
  const waiting = [path];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (texts.has(file)) continue;
    const text = translate(jiti, file);
    texts.set(file, text);
    for (const [, specifier] of text.matchAll(IMPORT)) {
      const imported = resolveOwn(jiti, specifier as string, file);
      if (imported !== null) waiting.push(imported);
    }
  }
  return texts;
}

/** Translates a module to plain JavaScript, without its types; a file of data is read as it is. */
function translate(jiti: Jiti, file: string): string {
  const source = readFileSync(file, "utf8");
  if (!TRANSLATED.includes(extname(file))) return source;
  const ts = /\.[mc]?tsx?$/.test(file);
  return jiti.transform({ source, filename: file, ts, async: true });
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** This package, which may lie outside node_modules where it is linked: it is no part of the project. */
const OURS = /^learnproof(\/|$)/;

/** Finds the project's own file that an import names; null for a package, or for what is not found. */
function resolveOwn(jiti: Jiti, specifier: string, from: string): string | null {
  if (isBuiltin(specifier) || OURS.test(specifier)) return null;
  const url = jiti.esmResolve(specifier, { parentURL: pathToFileURL(from).href, try: true });
  if (url === undefined) return null;
  const path = url.startsWith("file:") ? fileURLToPath(url) : url;
  return isAbsolute(path) && !path.includes(MODULES) && isFile(path) ? path : null;
}
