import { InputError } from "../../foundation/input/inputError.ts";
import { type DefinedSubject, defineSubject } from "./defineSubject.ts";
import type { SubjectDefinition } from "./subjectDefinition.ts";

/** The default export of learnproof.config. */
export interface ProjectConfig {
  /** The project's subjects: definitions, or results of {@link defineSubject}. */
  readonly subjects: readonly (SubjectDefinition | DefinedSubject)[];
}

/**
 * Gives the default export of learnproof.config its type; it returns its argument unchanged.
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
 * Registers the subjects that a project exports. A file that exports nothing has called defineSubject itself.
 *
 * @throws {InputError} if the export is not a config.
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
  // Results of defineSubject are registered already.
  for (const subject of subjects) if (typeof subject?.config !== "function") defineSubject(subject);
}
