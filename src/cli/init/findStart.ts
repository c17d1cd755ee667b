import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { isTablePath, readTable } from "../../foundation/files/table/readTable.ts";

/** What a project already has from which a first check can be made. */
export interface Start {
  /** A module that exports a function that builds a model, and the name of the function. */
  readonly builder: { readonly file: string; readonly name: string } | null;
  /** The model.json of a saved model. */
  readonly savedModel: string | null;
  readonly table: string | null;
}

const LEFT_OUT = new Set(["node_modules", "dist", "build", "coverage", "out"]);
const MOST_DEPTH = 3;
/** A larger project keeps its model where a person has to name it. */
const MOST_FILES = 2_000;
const MOST_BYTES = 512 * 1024;
const BUILDER =
  /(?:export\s+(?:async\s+)?function\s+|exports\.|export\s+const\s+)(\w*(?:[mM]odel|[nN]etwork)\w*)\s*(?:=\s*(?:async\s*)?(?:function|\()|\()/;

/** Looks for a model, a saved model and a table in a folder and the folders below it. */
export function findStart(folder: string): Start {
  const files = listFiles(folder, MOST_DEPTH).slice(0, MOST_FILES);
  return {
    builder: firstOf(files, builderIn),
    savedModel: files.find(isSavedModel) ?? null,
    table: files.find((file) => isTablePath(file) && isReadable(file)) ?? null,
  };
}

/** Lists files with those nearest to the folder first. Folders that begin with a dot are left out. */
function listFiles(folder: string, depth: number): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => join(folder, name));
  const folders = entries.filter(({ name }) => !name.startsWith(".") && !LEFT_OUT.has(name));
  const below = folders.filter((entry) => entry.isDirectory() && depth > 0);
  return [...files, ...below.flatMap(({ name }) => listFiles(join(folder, name), depth - 1))];
}

function firstOf<Found>(files: readonly string[], find: (file: string) => Found | null): Found | null {
  for (const file of files) {
    const found = find(file);
    if (found !== null) return found;
  }
  return null;
}

function builderIn(file: string): Start["builder"] {
  if (!/\.[cm]?[jt]s$/.test(file) || /\.(spec|test|config|d)\.[cm]?[jt]s$/.test(file)) return null;
  if (statSync(file).size > MOST_BYTES) return null;
  const text = readFileSync(file, "utf8");
  const name = text.includes("@tensorflow/tfjs") ? BUILDER.exec(text)?.[1] : undefined;
  return name === undefined ? null : { file, name };
}

function isSavedModel(file: string): boolean {
  if (!file.endsWith(".json") || statSync(file).size > 16 * 1024 ** 2) return false;
  return readFileSync(file, "utf8").includes('"modelTopology"');
}

function isReadable(file: string): boolean {
  try {
    return readTable(file).columns.length > 1;
  } catch {
    return false;
  }
}
