import type { Tensor } from "@tensorflow/tfjs-core";
import { startClock } from "../../src/cli/clock.ts";
import { parseConfig } from "../../src/config/parseConfig.ts";
import type { EngineName } from "../../src/engine/engineName.ts";
import { startEngine } from "../../src/engine/startEngine.ts";
import { judge, type Verdict } from "../../src/law/verdict.ts";
import { createLoss } from "../../src/loss/loss.ts";
import { seedStream } from "../../src/random/seedStream.ts";
import { createSubject } from "../../src/subject/createSubject.ts";
import type { Subject } from "../../src/subject/subject.ts";
import { shuffledBatches } from "../../src/training/batches.ts";
import { planGradients, trainableVariables } from "../../src/training/gradients.ts";
import { readAndDispose } from "../../src/training/read.ts";
import { train } from "../../src/training/train.ts";

/** What two engines are compared by. */
export interface Trained {
  /** One for each weight, of the first batch, before any update. */
  readonly gradients: readonly Float32Array[];
  readonly losses: readonly number[];
  readonly verdict: Verdict;
  /** From the first step to the last. */
  readonly msPerStep: number;
}

/** Trains a config on an engine, which stays started. */
export async function trainOn(engine: EngineName, written: object): Promise<Trained> {
  await startEngine({ name: engine });
  const config = parseConfig(written);
  const subject = createSubject(config);
  const gradients = await firstGradients(subject);
  const seconds = startClock();
  const times: number[] = [];
  const run = await train(subject, { probes: false, onStep: () => times.push(seconds()) });
  const msPerStep = (1000 * ((times.at(-1) ?? 0) - (times[0] ?? 0))) / Math.max(1, times.length - 1);
  return { gradients, losses: run.trace.losses, verdict: judge(run, config.thresholds), msPerStep };
}

async function firstGradients(subject: Subject): Promise<Float32Array[]> {
  const model = await subject.buildModel(subject.seed);
  const passOf = planGradients(model, trainableVariables(model), createLoss(subject.loss));
  const stream = seedStream(subject.seed, "shuffle");
  const pass = await passOf(shuffledBatches(subject.train, subject.batchSize, stream).next().value);
  const gradients = pass.gradients.filter((gradient): gradient is Tensor => gradient !== null);
  const values = await Promise.all(gradients.map(readAndDispose));
  model.dispose();
  return values;
}

/** The largest difference of two lists of numbers, over the largest of the second: infinite for what is no number. */
export function worstDifference(values: ArrayLike<number>, reference: ArrayLike<number>): number {
  if (values.length !== reference.length) return Number.POSITIVE_INFINITY;
  const scale = Array.from(reference, Math.abs).reduce((a, b) => Math.max(a, b), 0) || 1;
  let worst = 0;
  for (let index = 0; index < reference.length; index++) {
    const difference = Math.abs((values[index] as number) - (reference[index] as number)) / scale;
    if (!(difference <= worst)) worst = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
  }
  return worst;
}
