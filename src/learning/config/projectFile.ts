// The file in which a project defines its own subjects: found in the working directory, run once.

import { type FileRule, stampOf } from "../../foundation/files/readWhole.ts";
import { InputError } from "../../foundation/input/inputError.ts";
import { reasonOf } from "../../foundation/input/reason.ts";
import { defineExported } from "../subject/defineConfig.ts";
import { findProjectFile } from "./findProjectFile.ts";
import { definedNames } from "./ownDefaults.ts";

const PROJECT_FILE: FileRule = { what: "a file of code", mostBytes: 16 * 1024 ** 2 };

/** What a project's file exports, by name; `default` is what `export default` or `module.exports` gives. */
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
  const pending = loaded.get(path) ?? run(path);
  loaded.set(path, pending);
  return pending;
}

/** The package's entry: a file above this room, which the project's file imports, and nothing in this room. */
const PACKAGE: string = "../../index.ts";

/**
 * TypeScript or JavaScript, ECMAScript modules or CommonJS, whatever the project's package.json says: the file's own
 * modules are translated, and packages are loaded by Node itself. The name `learnproof` means the instance that runs,
 * since another one, such as a second copy that is installed, would keep the subjects for itself.
 */
async function run(path: string): Promise<ProjectModule> {
  stampOf(path, PROJECT_FILE);
  const [{ createJiti }, learnproof] = await Promise.all([import("jiti"), import(PACKAGE)]);
  const jiti = createJiti(path, {
    fsCache: false,
    // Two instances of TensorFlow.js know nothing of each other's engines and tensors.
    nativeModules: ["@tensorflow", "learnproof", "vitest"],
    tsconfigPaths: true,
    virtualModules: { learnproof },
  });
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
 * What the file exports by default, undefined where it exports nothing so. The exports of CommonJS are one object, which
 * is the config only where it has subjects: a file that calls defineSubject may export what it likes.
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

/**
 * All the code that the project's file consists of, its own modules among it, in one text; empty where there is none.
 */
export async function readProjectCode(): Promise<string> {
  const path = findProjectFile();
  if (path === null) return "";
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    write: false,
    logLevel: "silent",
  });
  return outputFiles.map(({ text }) => text).join("\n");
}
