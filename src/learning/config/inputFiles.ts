import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { findProjectFile } from "./findProjectFile.ts";
import type { Config } from "./schema.ts";

/**
 * The files that a run of a config reads, besides the config itself: its table, its saved model with the weights, and
 * the project's file. What a project's own code reads is not known.
 */
export function inputFilesOf(config: Config): readonly string[] {
  const project = findProjectFile();
  const table = config.subject === "table" || config.subject === "saved-model" ? [config.data.file] : [];
  const model = config.subject === "saved-model" ? modelFiles(config.model.file) : [];
  return [...(project === null ? [] : [project]), ...table, ...model];
}

/** The config was read, so its model is one: a file that has changed since is refused where it is read again. */
function modelFiles(path: string): readonly string[] {
  try {
    const { weightsManifest } = JSON.parse(readFileSync(path, "utf8")) as {
      weightsManifest: { paths: string[] }[];
    };
    return [path, ...weightsManifest.flatMap(({ paths }) => paths.map((part) => join(dirname(path), part)))];
  } catch {
    return [path];
  }
}
