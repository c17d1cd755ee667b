// Finds the file in the working directory in which a project defines its own subjects, and runs it once.

import { type FileRule, stampOf } from "../../foundation/files/readWhole.ts";
import { InputError } from "../../foundation/input/inputError.ts";
import { reasonOf } from "../../foundation/input/reason.ts";
import { findProjectFile } from "./findProjectFile.ts";
import { definedNames, rememberDefined } from "./ownDefaults.ts";

const PROJECT_FILE: FileRule = { what: "a file of code", mostBytes: 16 * 1024 ** 2 };

/** The exports of a project's file, by name; `default` is the value of `export default` or `module.exports`. */
export type ProjectModule = Readonly<Record<string, unknown>>;

const loaded = new Map<string, Promise<ProjectModule>>();

/**
 * Runs the project's file, which defines subjects; a second call does nothing.
 *
 * @returns the names of all subjects defined.
 * @throws {InputError} where it cannot be run.
 */
export async function loadProject(): Promise<readonly string[]> {
  await loadProjectModule();
  return definedNames();
}

/**
 * Runs the project's file; a second call gives the same module.
 *
 * @returns what the file exports, or null where the project has none.
 * @throws {InputError} where it cannot be run.
 */
export async function loadProjectModule(): Promise<ProjectModule | null> {
  const path = findProjectFile();
  if (path === null) return null;
  const pending = loaded.get(path) ?? rememberDefined(() => run(path));
  loaded.set(path, pending);
  return pending;
}

/** The package's entry file. Nothing in this folder imports it; only the project's file does, through the loader. */
const PACKAGE: string = "../../index.ts";

/** How the project's own modules are found and translated. */
export const LOADING = {
  fsCache: false,
  // Two instances of TensorFlow.js do not share engines or tensors.
  nativeModules: ["@tensorflow", "learnproof", "vitest"],
  tsconfigPaths: true,
};

/**
 * Runs a file in TypeScript or JavaScript, as an ECMAScript or CommonJS module, whatever the project's package.json
 * says. The project's own modules are translated; Node itself loads packages. `learnproof` resolves to the running
 * instance, because a second installed copy would register the subjects only for itself.
 */
async function run(path: string): Promise<ProjectModule> {
  stampOf(path, PROJECT_FILE);
  const [{ createJiti }, learnproof, { defineExported }] = await Promise.all([
    import("jiti"),
    import(PACKAGE),
    // It needs TensorFlow.js, which a project without such a file is spared.
    import("../subject/defineConfig.ts"),
  ]);
  const jiti = createJiti(path, { ...LOADING, virtualModules: { learnproof } });
  try {
    const project = await jiti.import<ProjectModule>(path);
    defineExported(exportedBy(project, path));
    return project;
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError({
      code: "invalid-project",
      field: path,
      message: `must run without an error (it fails: ${reasonOf(error)}); correct it`,
      got: error instanceof Error ? `${error.name}: ${error.message}` : error,
    });
  }
}

/**
 * Returns the file's default export; undefined if there is none. In CommonJS the exports are one object, which counts
 * as the config only if it has `subjects`: a file that calls defineSubject may export anything.
 */
function exportedBy(project: ProjectModule, path: string): unknown {
  const exported = Object.hasOwn(project, "default") ? project.default : undefined;
  if (!/\.(cjs|cts|js)$/.test(path)) return exported;
  const nested = (exported as { default?: unknown } | undefined)?.default;
  return [nested, exported, project].find(hasSubjects) ?? (isObject(exported) ? undefined : exported);
}

function hasSubjects(exported: unknown): boolean {
  return isObject(exported) && "subjects" in exported;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
