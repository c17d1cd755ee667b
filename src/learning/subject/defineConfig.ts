import { InputError } from "../../foundation/input/inputError.ts";
import { type DefinedSubject, defineSubject, type SubjectDefinition } from "./defineSubject.ts";

/** What learnproof.config exports. */
export interface ProjectConfig {
  /** The project's subjects, as definitions or as {@link defineSubject} gives them. */
  readonly subjects: readonly (SubjectDefinition | DefinedSubject)[];
}

/**
 * Types what learnproof.config exports by default; it changes nothing.
 *
 * @example
 * export default defineConfig({
 *   subjects: [defineSubject({ name: "price", examples, buildModel: () => sequential({ layers: [layers.dense({ inputShape: [8], units: 1 })] }) })],
 * });
 */
export function defineConfig(config: ProjectConfig): ProjectConfig {
  return config;
}

/**
 * Puts the subjects that a project exports under test. A file that exports nothing has called defineSubject itself.
 *
 * @throws {InputError} where the export is no config.
 */
export function defineExported(exported: unknown): void {
  if (exported === undefined) return;
  const subjects = typeof exported === "object" && exported !== null && (exported as ProjectConfig).subjects;
  if (!Array.isArray(subjects))
    throw new InputError({
      code: "invalid-project",
      field: "learnproof.config",
      message: "must export by default what defineConfig({ subjects: [...] }) gives; correct the export",
      got: exported,
    });
  // What defineSubject gave is under test already.
  for (const subject of subjects) if (typeof subject?.config !== "function") defineSubject(subject);
}
