import { startClock } from "../../src/foundation/clock.ts";
import { judge, type Verdict } from "../../src/judging/outcome/verdict.ts";
import { firstGradients } from "../../src/lab/engines/firstGradients.ts";
import { parseConfig } from "../../src/learning/config/parseConfig.ts";
import type { EngineName } from "../../src/learning/engine/engineName.ts";
import { startEngine } from "../../src/learning/engine/startEngine.ts";
import { createSubject } from "../../src/learning/subject/createSubject.ts";
import { train } from "../../src/learning/training/train.ts";

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
  const subject = await createSubject(config);
  const gradients = await firstGradients(subject);
  const seconds = startClock();
  const times: number[] = [];
  const run = await train(subject, {
    probes: false,
    onProgress: ({ step }) => step > 0 && times.push(seconds()),
  });
  const msPerStep = (1000 * ((times.at(-1) ?? 0) - (times[0] ?? 0))) / Math.max(1, times.length - 1);
  return { gradients, losses: run.trace.losses, verdict: judge(run, config.thresholds), msPerStep };
}
