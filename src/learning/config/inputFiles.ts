import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { findProjectFile } from "./findProjectFile.ts";
import type { Config } from "./schema.ts";

/**
 * Lists the files that a run of a config reads, besides the config itself: its table, its saved model with the weights,
 * and the project's file. Files that a project's own code reads are not known.
 */
export function inputFilesOf(config: Config): readonly string[] {
  const project = findProjectFile();
  const table = config.subject === "table" || config.subject === "saved-model" ? [config.data.file] : [];
  const model = config.subject === "saved-model" ? modelFiles(config.model.file) : [];
  return [...(project === null ? [] : [project]), ...table, ...model];
}

/**
 * Lists the files of a saved model. The config was checked, so the file was a model then; if it has changed since, the
 * next reader refuses it.
 */
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
