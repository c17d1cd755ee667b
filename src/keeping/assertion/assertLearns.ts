import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { ModelCheckOptions } from "../../judging/check/check.ts";
import { resolveWhat, type What } from "../../judging/check/what/what.ts";
import { proveCure } from "../../judging/diagnosis/proveCure.ts";
import { trainAndDiagnose } from "../../judging/trainAndDiagnose.ts";
import { startEngine } from "../../learning/engine/startEngine.ts";
import type { Watch } from "../../learning/training/progress.ts";
import { explainFailure } from "./failure.ts";

/** Thrown where something does not learn; its message says why, what cures it, and how to make the run again. */
export class LearningError extends Error {
  override readonly name = "LearningError";
}

/** How an assertion trains. Everything has a default. */
export interface AssertOptions extends Watch {
  /** Engine to run on. @defaultValue the one that `LEARNPROOF_ENGINE` names, else wasm */
  readonly engine?: string | undefined;
  /** Instead of the config's seed, from 1 to 2147483647. */
  readonly seed?: number | undefined;
}

/**
 * Asserts that something learns, with any test runner: node:test, Jest, Mocha. It is what `toLearn` is to vitest.
 *
 * @param what as {@link check} takes it.
 * @throws {LearningError} where it does not learn.
 * @throws {InputError} for a config, a model or data that breaks a rule.
 *
 * @example
 * test("the model learns", () => assertLearns(model, { x, y, epochs: 20 }));
 */
export function assertLearns(what: What, options?: AssertOptions): Promise<void>;
export function assertLearns(what: LayersModel, options: AssertOptions & ModelCheckOptions): Promise<void>;
export async function assertLearns(
  what: What | LayersModel,
  options: AssertOptions | ModelCheckOptions = {},
): Promise<void> {
  const { signal, onProgress } = options;
  const engine = await startEngine({ name: options.engine, environment: process.env });
  const { config, subject, thresholds } = await resolveWhat(what, options);
  const outcome = await trainAndDiagnose(subject, { thresholds, signal, onProgress });
  if (outcome.verdict === "learns") return;
  const { name, seed } = subject;
  const how = { bitExact: engine.bitExact, signal, onProgress };
  const cures = config && (await proveCure(config, outcome, how));
  const [wanted, got] = ["to learn", outcome.verdict];
  throw new LearningError(await explainFailure({ name, seed, wanted, got, outcome, cures, config, engine }));
}
