// The start of the bundle. Jasmine's globals and the backend under test have to be there before the tests,
// which register themselves as they are loaded.

import { writeFileSync } from "node:fs";
import jasmineRequire from "jasmine-core/lib/jasmine-core/jasmine.js";
import "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js";
import { getKernel, registerKernel, unregisterKernel, zeros } from "@tensorflow/tfjs-core";
import { setTestEnvs } from "@tensorflow/tfjs-core/dist/jasmine_util.js";
import { installWasmEngine } from "../../../src/engine/wasm/install.ts";
import type { Suite } from "./runSuite.ts";

const jasmine = jasmineRequire.core(jasmineRequire);
const env = jasmine.getEnv();
Object.assign(globalThis, jasmineRequire.interface(jasmine, env));
setTestEnvs([{ name: "wasm", backendName: "wasm", flags: {}, isDataSync: true }]);

/** Runs every test that has registered itself, and writes the outcomes beside the bundle. */
export async function start(suite: Suite): Promise<void> {
  if (suite !== "stock") await installWasmEngine();
  if (suite === "broken") breakConvolution();
  const outcomes: Record<string, string | null> = {};
  env.configure({ random: false });
  env.addReporter({
    specDone({ fullName, status, failedExpectations }) {
      if (status !== "passed" && status !== "failed") return;
      outcomes[nameOf(fullName, outcomes)] = failedExpectations[0]?.message.slice(0, 300) ?? null;
    },
  });
  await env.execute();
  writeFileSync("outcomes.json", JSON.stringify(outcomes));
}

/** Some tests share a name: the second is numbered. */
function nameOf(fullName: string, taken: object): string {
  const name = fullName.replace(/ wasm \{\}/, "");
  for (let copy = 1; ; copy++) {
    const numbered = copy === 1 ? name : `${name} #${copy}`;
    if (!Object.hasOwn(taken, numbered)) return numbered;
  }
}

/** A convolution whose every answer is 0: what stock once did in silence. */
function breakConvolution(): void {
  const kernel = getKernel("Conv2D", "wasm");
  unregisterKernel("Conv2D", "wasm");
  registerKernel({
    ...kernel,
    kernelName: "Conv2D",
    backendName: "wasm",
    kernelFunc: (call) => zeros([kernel.kernelFunc(call)].flat()[0]?.shape ?? []),
  });
}
