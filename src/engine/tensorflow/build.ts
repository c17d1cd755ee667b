// Builds TensorFlow.js's native addon where its own download is out of reach: TensorFlow's library and headers come
// from the wheel `tensorflow-cpu` on PyPI, the addon's source and its JavaScript from `@tensorflow/tfjs-node-gpu` on
// npm, the headers of Node's interface from `node-api-headers`. A compiler does the rest.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { InputError } from "../../config/inputError.ts";

/** Tried with the addon's source 4.22.0, which asks for interfaces that no later version has removed so far. */
const WHEEL = "tensorflow-cpu==2.21.0";
const LIBRARIES = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"] as const;
/** The version of Node's interface that the addon asks for: any Node from 12 on has it. */
const NODE_API = 8;

const require = createRequire(import.meta.url);

export interface BuildOptions {
  /** The package to build, as it lies in node_modules, with its source. */
  readonly folder: string;
  /** Called with what is done next. */
  readonly onStep: (step: string) => void;
}

/**
 * Builds the addon into a package's folder; where anything fails the folder is left as it was.
 *
 * @throws {InputError} naming the tool or the package that is missing, and what to do.
 */
export async function buildTensorflow({ folder, onStep }: BuildOptions): Promise<void> {
  refuseElsewhere();
  if (!existsSync(join(folder, "binding", "tfjs_binding.cc")))
    throw missing(
      "@tensorflow/tfjs-node-gpu",
      "must be there with its source; run npm install --no-save --ignore-scripts @tensorflow/tfjs-node-gpu@4.22.0",
      folder,
    );
  // Beside its destination, so that moving it there is one step.
  const work = mkdtempSync(join(folder, "build-"));
  try {
    onStep(`downloading ${WHEEL} from PyPI`);
    run(
      "python3",
      ["-m", "pip", "download", WHEEL, "--no-deps", "--quiet", "--dest", work],
      "pip must be able to download it",
    );
    onStep("unpacking TensorFlow's library and headers");
    run("python3", ["-m", "zipfile", "-e", wheelIn(work), work], "the wheel must be whole");
    onStep("compiling the addon");
    const wheel = join(work, "tensorflow");
    const addon = join(work, "tfjs_binding.node");
    run("g++", compilerArguments(folder, wheel, addon), "the compiler must take the addon's source");
    await install(folder, wheel, addon);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function refuseElsewhere(): void {
  if (process.platform === "linux") return;
  throw new InputError({
    code: "unsupported",
    field: "platform",
    message:
      "must be Linux, where the wheel has the library; elsewhere install @tensorflow/tfjs-node-gpu or @tensorflow/tfjs-node with its own download",
    got: process.platform,
  });
}

function wheelIn(work: string): string {
  const wheel = readdirSync(work).find((name) => name.endsWith(".whl"));
  if (wheel === undefined) throw missing(WHEEL, "must be downloaded as a wheel; see what pip says", work);
  return join(work, wheel);
}

function compilerArguments(folder: string, wheel: string, addon: string): string[] {
  const { include_dir } = require("node-api-headers") as { include_dir: string };
  return [
    ...["-shared", "-fPIC", "-O2", "-std=c++17", "-w", `-DNAPI_VERSION=${NODE_API}`],
    ...["-I", include_dir, "-I", join(wheel, "include"), "-o", addon],
    ...["tfjs_backend.cc", "tfjs_binding.cc"].map((source) => join(folder, "binding", source)),
    ...["-L", wheel, ...LIBRARIES.map((library) => `-l:${library}`)],
    "-Wl,-rpath,$ORIGIN/../../deps/lib",
  ];
}

/** The library first: an addon that is there finds it. */
async function install(folder: string, wheel: string, addon: string): Promise<void> {
  const [libraries, addons] = [join(folder, "deps", "lib"), join(folder, "lib", `napi-v${NODE_API}`)];
  for (const place of [libraries, addons]) await mkdir(place, { recursive: true });
  for (const library of LIBRARIES) renameSync(join(wheel, library), join(libraries, library));
  renameSync(addon, join(addons, "tfjs_binding.node"));
}

function run(tool: string, args: readonly string[], rule: string): void {
  try {
    execFileSync(tool, args, { stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" });
  } catch (error) {
    const { code, stderr } = error as NodeJS.ErrnoException & { stderr?: string };
    if (code === "ENOENT") throw missing(tool, "must be installed and on the PATH; install it", "nothing");
    const said = (stderr ?? "").trim().split("\n").at(-1) ?? "";
    throw new InputError({
      code: "build-failed",
      field: tool,
      message: `${rule}; see what it says`,
      got: said,
    });
  }
}

function missing(field: string, message: string, got: unknown): InputError {
  return new InputError({ code: "missing", field, message, got });
}

/** Where the package lies that this is to build. */
export function packageFolder(): string {
  try {
    return dirname(require.resolve("@tensorflow/tfjs-node-gpu/package.json"));
  } catch {
    throw missing(
      "@tensorflow/tfjs-node-gpu",
      "must be in node_modules; run npm install --no-save --ignore-scripts @tensorflow/tfjs-node-gpu@4.22.0",
      "nothing",
    );
  }
}
