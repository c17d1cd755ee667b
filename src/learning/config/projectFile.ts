// The file in which a project defines its own subjects: found in the working directory, run once.

import { pathToFileURL } from "node:url";
import { type FileRule, stampOf } from "../../foundation/files/readWhole.ts";
import { InputError } from "../../foundation/input/inputError.ts";
import { reasonOf } from "../../foundation/input/reason.ts";
import { defineExported } from "../subject/defineConfig.ts";
import { findProjectFile } from "./findProjectFile.ts";
import { definedNames } from "./ownDefaults.ts";

const PROJECT_FILE: FileRule = { what: "a file of code", mostBytes: 16 * 1024 ** 2 };

const loaded = new Map<string, Promise<void>>();

/**
 * Runs the project's file, which defines subjects; a second call does nothing.
 *
 * @returns the names of all subjects defined.
 * @throws {InputError} where it cannot be run.
 */
export async function loadProject(): Promise<readonly string[]> {
  const path = findProjectFile();
  if (path !== null) {
    const pending = loaded.get(path) ?? run(path);
    loaded.set(path, pending);
    await pending;
  }
  return definedNames();
}

async function run(path: string): Promise<void> {
  stampOf(path, PROJECT_FILE);
  const { register } = await import("tsx/esm/api");
  // TypeScript may be run by now, as where this itself is run from its sources: twice does no harm.
  const unregister = register();
  try {
    const project = (await import(pathToFileURL(path).href)) as { default?: unknown };
    defineExported(project.default);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError({
      code: "invalid-project",
      field: path,
      message: `must run without an error (it fails: ${reasonOf(error)}); correct it`,
      got: error instanceof Error ? `${error.name}: ${error.message}` : error,
    });
  } finally {
    await unregister();
  }
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
