// The start of the bundle. Jasmine's globals and the backend under test have to be there before the tests,
// which register themselves as they are loaded.

import { writeFileSync } from "node:fs";
import jasmineRequire, { type SpecResult } from "jasmine-core/lib/jasmine-core/jasmine.js";
import "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js";
import { setTestEnvs } from "@tensorflow/tfjs-core/dist/jasmine_util.js";
import { installWasmEngine } from "../../../../src/learning/engine/wasm/install.ts";
import type { Breakage, Suite, SuiteReport } from "./runSuite.ts";
import { changeAnswers, wasmKernels } from "./wrongKernels.ts";

const jasmine = jasmineRequire.core(jasmineRequire);
const env = jasmine.getEnv();
// In one order, and more than once: to be said before the first test is declared.
env.configure({ random: false, autoCleanClosures: false });
Object.assign(globalThis, jasmineRequire.interface(jasmine, env));
setTestEnvs([{ name: "wasm", backendName: "wasm", flags: {}, isDataSync: true }]);

/** Runs every test that has registered itself, and writes what came of it beside the bundle. */
export async function start(suite: Suite): Promise<void> {
  const stockKernels = wasmKernels();
  if (suite === "ours") await installWasmEngine();
  const outcomes = await runTests();
  const report: SuiteReport = { outcomes, ...(suite === "ours" && (await breakKernels(stockKernels))) };
  writeFileSync("report.json", JSON.stringify(report));
}

interface Watch {
  readonly only?: (test: { readonly id: string }) => boolean;
  readonly onStart?: (test: SpecResult) => void;
}

async function runTests(watch: Watch = {}): Promise<Record<string, string | null>> {
  const outcomes: Record<string, string | null> = {};
  env.configure({ specFilter: watch.only ?? (() => true) });
  env.clearReporters();
  env.addReporter({
    specStarted: (test) => watch.onStart?.(test),
    specDone({ fullName, status, failedExpectations }) {
      if (status === "excluded" || status === "pending") return;
      const reason = failedExpectations[0]?.message.slice(0, 300) ?? "failed without a reason";
      outcomes[freeName(fullName, outcomes)] = status === "passed" ? null : reason;
    },
    suiteDone({ fullName, failedExpectations: [failure] }) {
      if (failure) outcomes[freeName(`${fullName}: around its tests`, outcomes)] = failure.message;
    },
    jasmineDone({ failedExpectations: [failure] }) {
      if (failure) outcomes["outside of every test"] = failure.message;
    },
  });
  await env.execute();
  return outcomes;
}

/** Some tests share a name: the second is numbered. */
function freeName(fullName: string, taken: object): string {
  const name = fullName.replace(/ wasm \{\}/, "");
  for (let copy = 1; ; copy++) {
    const numbered = copy === 1 ? name : `${name} #${copy}`;
    if (!Object.hasOwn(taken, numbered)) return numbered;
  }
}

/** Breaks our kernels, one after the other, and runs the tests that call it. */
async function breakKernels(stock: ReturnType<typeof wasmKernels>): Promise<Omit<SuiteReport, "outcomes">> {
  const ours = [...wasmKernels()]
    .filter(([name, kernel]) => stock.get(name) !== kernel)
    .map(([name]) => name);
  const callers = new Map(ours.map((name) => [name, new Set<string>()]));
  let running = "";
  const restore = ours.map((name) =>
    changeAnswers(name, (value) => {
      callers.get(name)?.add(running);
      return value;
    }),
  );
  const rewritten = await runTests({ onStart: ({ id }) => (running = id) });
  for (const back of restore) back();

  const broken: Record<string, Breakage> = {};
  for (const name of ours) {
    const calledBy = callers.get(name) as Set<string>;
    const back = changeAnswers(name, (value) => value + 1);
    const outcomes = calledBy.size > 0 ? await runTests({ only: ({ id }) => calledBy.has(id) }) : {};
    back();
    broken[name] = { inStock: stock.has(name), outcomes };
  }
  return { rewritten, broken };
}
