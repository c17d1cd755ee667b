import { createRequire } from "node:module";
import util from "node:util";
import { quietly } from "../quietly.ts";

const require = createRequire(import.meta.url);
const PACKAGES = ["@tensorflow/tfjs-node-gpu", "@tensorflow/tfjs-node"] as const;

/**
 * Loads TensorFlow's native library where one of its packages is installed and whole.
 *
 * @returns null when it is loaded, else one line that says why not.
 */
export async function loadTensorflow(): Promise<string | null> {
  const faults: string[] = [];
  for (const name of PACKAGES.filter(isInstalled)) {
    const fault = await load(name);
    if (fault === null) return null;
    faults.push(`${name} is installed but does not load (${fault})`);
  }
  return faults.join("; ") || `${PACKAGES[0]} is not installed`;
}

/** Loads a package that makes itself the backend `tensorflow`, or says on one line why it did not. */
async function load(name: string): Promise<string | null> {
  prepareEnvironment();
  giveBackRemovedFunctions();
  try {
    await quietly(async () => require(name));
  } catch (thrown) {
    return firstLine(thrown instanceof Error ? thrown.message : String(thrown));
  }
  const { findBackendFactory } = await import("@tensorflow/tfjs-core");
  return findBackendFactory("tensorflow") ? null : "it brings no backend of the name tensorflow";
}

function firstLine(text: string): string {
  return text.trim().split(/[\r\n]/, 1)[0] ?? "";
}

function isInstalled(name: string): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}

/** TensorFlow reads these once, while it loads: sums in a fixed order, and no start-up log. */
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
