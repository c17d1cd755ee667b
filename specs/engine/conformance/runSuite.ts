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
import { build } from "esbuild";

/** What the tests run on: TensorFlow.js as it comes, with our kernels, or with one kernel broken on purpose. */
export type Suite = "stock" | "ours" | "broken";

/** Why each test failed, by its full name; null for one that passed. */
export type Outcomes = Readonly<Record<string, string | null>>;

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "../../..");
const TENSORFLOW = join(ROOT, "node_modules/@tensorflow");

/** The parts of tfjs-core's suite that training stands on. */
const TESTS = [
  "ops/conv1d_test",
  "ops/conv2d_test",
  "ops/conv2d_separable_test",
  "ops/conv2d_transpose_test",
  "ops/depthwise_conv2d_test",
  "ops/fused/fused_conv2d_test",
  "ops/fused/fused_depthwise_conv2d_test",
  "ops/fused/fused_mat_mul_test",
  "ops/mat_mul_test",
  "ops/avg_pool_test",
  "ops/max_pool_test",
  "ops/pool_test",
  "ops/losses/absolute_difference_test",
  "ops/losses/compute_weighted_loss_test",
  "ops/losses/cosine_distance_test",
  "ops/losses/hinge_loss_test",
  "ops/losses/huber_loss_test",
  "ops/losses/log_loss_test",
  "ops/losses/mean_squared_error_test",
  "ops/losses/sigmoid_cross_entropy_test",
  "ops/losses/softmax_cross_entropy_test",
  "optimizers/adadelta_optimizer_test",
  "optimizers/adagrad_optimizer_test",
  "optimizers/adam_optimizer_test",
  "optimizers/adamax_optimizer_test",
  "optimizers/momentum_optimizer_test",
  "optimizers/optimizer_test",
  "optimizers/rmsprop_optimizer_test",
  "optimizers/sgd_optimizer_test",
  "gradients_test",
];

/** Runs the suite in a process of its own. */
export async function runSuite(suite: Suite): Promise<Outcomes> {
  const folder = await mkdtemp(join(tmpdir(), "learnproof-conformance-"));
  try {
    await bundle(join(folder, "suite.mjs"));
    const wasm = join(TENSORFLOW, "tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm");
    await copyFile(wasm, join(folder, "tfjs-backend-wasm-simd.wasm"));
    await copyFile(join(ROOT, "src/engine/wasm/kernels.wasm"), join(folder, "kernels.wasm"));
    await promisify(execFile)(process.execPath, ["suite.mjs", suite], { cwd: folder, maxBuffer: 2 ** 26 });
    return JSON.parse(await readFile(join(folder, "outcomes.json"), "utf8")) as Outcomes;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function bundle(outfile: string): Promise<void> {
  const tests = TESTS.map(
    (test) => `import ${JSON.stringify(join(TENSORFLOW, "tfjs-core/dist", `${test}.js`))};`,
  );
  await build({
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
    outfile,
    logLevel: "error",
    alias: {
      "@tensorflow/tfjs-core/dist": join(TENSORFLOW, "tfjs-core/dist"),
      "@tensorflow/tfjs-core": join(TENSORFLOW, "tfjs-core/dist/index.js"),
      "@tensorflow/tfjs-backend-wasm": join(TENSORFLOW, "tfjs-backend-wasm/dist/index.js"),
    },
    // The CommonJS parts of the bundle expect what a module does not have.
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url); const __dirname = import.meta.dirname; const __filename = import.meta.filename;',
    },
  });
}
