import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import util from "node:util";
import { quietly } from "../quietly.ts";
import { findNativeFault } from "./nativeFiles.ts";

const require = createRequire(import.meta.url);
const PACKAGES = ["@tensorflow/tfjs-node-gpu", "@tensorflow/tfjs-node"] as const;

/**
 * Loads TensorFlow's native library if one of its packages is installed and complete.
 *
 * @returns null when it is loaded, else one line that says why not.
 */
export async function loadTensorflow(): Promise<string | null> {
  const faults: string[] = [];
  for (const name of PACKAGES) {
    const folder = folderOf(name);
    if (folder === undefined) continue;
    const fault = await loadPackage(folder);
    if (fault === null) return null;
    faults.push(`${name} is installed but does not load (${fault})`);
  }
  return faults.join("; ") || `${PACKAGES[0]} is not installed`;
}

/**
 * Loads a package that registers itself as the backend `tensorflow`.
 *
 * @param folder the package's.
 * @returns null when it is loaded, else one line that says why not.
 */
export async function loadPackage(folder: string): Promise<string | null> {
  prepareEnvironment();
  giveBackRemovedFunctions();
  try {
    const fault = findNativeFault(folder);
    if (fault !== null) return fault;
    await quietly(async () => require(folder));
  } catch (thrown) {
    return firstLine(thrown instanceof Error ? thrown.message : String(thrown));
  }
  const { findBackendFactory } = await import("@tensorflow/tfjs-core");
  return findBackendFactory("tensorflow") ? null : "it brings no backend of the name tensorflow";
}

function firstLine(text: string): string {
  return text.trim().split(/[\r\n]/, 1)[0] ?? "";
}

/** Finds the folder of an installed package, complete or not; a link is not followed. */
export function folderOf(name: string): string | undefined {
  const places = require.resolve.paths(name) ?? [];
  return places.map((place) => join(place, name)).find((folder) => existsSync(folder));
}

/** Sets variables that TensorFlow reads once, while it loads: sums in a fixed order, and no start-up log. */
function prepareEnvironment(): void {
  process.env.TF_DETERMINISTIC_OPS ??= "1";
  process.env.TF_CUDNN_DETERMINISTIC ??= "1";
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
}

/**
 * tfjs-node 4.22.0 calls functions that Node 23 removed from `util` (tensorflow/tfjs issue 8609, fixed but
 * not released).
 */
function giveBackRemovedFunctions(): void {
  const removed = {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: Array.isArray,
    isString: (value: unknown) => typeof value === "string",
    isNumber: (value: unknown) => typeof value === "number",
    isBoolean: (value: unknown) => typeof value === "boolean",
    isObject: (value: unknown) => typeof value === "object" && value !== null,
    isFunction: (value: unknown) => typeof value === "function",
    isUndefined: (value: unknown) => value === undefined,
    isNull: (value: unknown) => value === null,
  };
  const target = util as unknown as Record<string, unknown>;
  for (const [name, implementation] of Object.entries(removed)) target[name] ??= implementation;
}
