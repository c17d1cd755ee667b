// Runs tfjs-core's own Jasmine tests, as it ships them in node_modules, on a backend, and gives the outcome
// of each by name.
//
// They are bundled with the backend into one file, because they import tfjs-core by relative path: loaded
// side by side with it, they would test a second copy that no backend is registered with.

import { execFile } from "node:child_process";
import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type BuildOptions, build } from "esbuild";
import { coreTests } from "./coreTests.ts";

/** What the tests run on: TensorFlow.js as it comes, or with our kernels. */
export type Suite = "stock" | "ours";

/** Why each test failed, by its full name; null for one that passed. */
export type Outcomes = Readonly<Record<string, string | null>>;

/** What happens while one kernel of ours answers with one wrong number. */
export interface Breakage {
  /** Whether stock has a kernel of that name. */
  readonly inStock: boolean;
  /** Of the tests that call the kernel. */
  readonly outcomes: Outcomes;
}

export interface SuiteReport {
  readonly outcomes: Outcomes;
  /** Of our suite: every answer of our kernels is written anew, with the same numbers. */
  readonly rewritten?: Outcomes;
  /** Of our suite: each of our kernels broken in its turn. */
  readonly broken?: Readonly<Record<string, Breakage>>;
}

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "../../../..");
const TENSORFLOW = join(ROOT, "node_modules/@tensorflow");
const STOCK_WASM = join(TENSORFLOW, "tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm");
const OUR_WASM = join(ROOT, "src/learning/engine/wasm/kernels.wasm");

/** Sends every way to tfjs-core to the files that its tests import. */
const ONE_CORE = {
  "@tensorflow/tfjs-core/dist": join(TENSORFLOW, "tfjs-core/dist"),
  "@tensorflow/tfjs-core": join(TENSORFLOW, "tfjs-core/dist/index.js"),
  "@tensorflow/tfjs-backend-wasm": join(TENSORFLOW, "tfjs-backend-wasm/dist/index.js"),
};

/** Bundles the tests once and runs each suite in a process of its own, one after the other. */
export async function runSuites(): Promise<Readonly<Record<Suite, SuiteReport>>> {
  const folder = await mkdtemp(join(tmpdir(), "learnproof-conformance-"));
  try {
    await bundle(join(folder, "suite.mjs"));
    await copyFile(STOCK_WASM, join(folder, "tfjs-backend-wasm-simd.wasm"));
    await copyFile(OUR_WASM, join(folder, "kernels.wasm"));
    return { stock: await runSuite(folder, "stock"), ours: await runSuite(folder, "ours") };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function runSuite(folder: string, suite: Suite): Promise<SuiteReport> {
  await promisify(execFile)(process.execPath, ["suite.mjs", suite], { cwd: folder, maxBuffer: 2 ** 26 });
  return JSON.parse(await readFile(join(folder, "report.json"), "utf8")) as SuiteReport;
}

const ENGINE = /tfjs-core\/dist\/(engine|tf-core[^/]*)\.js$/;

/**
 * The files that hold tfjs-core's engine in a bundle, written nowhere: more than one is more than one engine.
 *
 * @param alias where imports are sent instead.
 */
export async function enginesInBundle(alias: Record<string, string> = ONE_CORE): Promise<string[]> {
  const { metafile } = await build({ ...bundleOptions(alias), write: false, metafile: true });
  return Object.keys(metafile.inputs).flatMap((path) => path.match(ENGINE)?.[0] ?? []);
}

async function bundle(outfile: string): Promise<void> {
  await build({ ...bundleOptions(ONE_CORE), outfile });
}

function bundleOptions(alias: Record<string, string>) {
  const tests = coreTests.map(
    (test) => `import ${JSON.stringify(join(TENSORFLOW, "tfjs-core/dist", `${test}.js`))};`,
  );
  return {
    stdin: {
      contents: [
        `import { start } from ${JSON.stringify(join(HERE, "jasmine.ts"))};`,
        ...tests,
        "await start(process.argv[2]);",
      ].join("\n"),
      resolveDir: ROOT,
      loader: "ts",
    },
    bundle: true,
    // tfjs-core declares its tests free of side effects, and they would be left out.
    ignoreAnnotations: true,
    platform: "node",
    format: "esm",
    logLevel: "error",
    alias,
    // The CommonJS parts of the bundle expect what a module does not have.
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; import { fileURLToPath as __path } from "node:url"; const require = __createRequire(import.meta.url); const __filename = __path(import.meta.url); const __dirname = __path(new URL(".", import.meta.url));',
    },
  } as const satisfies BuildOptions;
}
