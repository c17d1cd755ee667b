import { findProjectFile } from "./findProjectFile.ts";
import { kindOf } from "./kinds/kinds.ts";
import type { Config } from "./schema.ts";

/**
 * Lists the files that a run of a config reads, besides the config itself: its table, its saved model with the weights,
 * and the project's file. Files that a project's own code reads are not known.
 */
export function inputFilesOf(config: Config): readonly string[] {
  const project = findProjectFile();
  return [...(project === null ? [] : [project]), ...kindOf(config).files(config)];
}
