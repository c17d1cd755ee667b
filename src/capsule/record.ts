import type { Config } from "../config/schema.ts";
import { diagnose } from "../diagnosis/diagnose.ts";
import type { EngineName } from "../engine/engineName.ts";
import { judge } from "../law/verdict.ts";
import { createSubject } from "../subject/createSubject.ts";
import { type TrainOptions, train } from "../training/train.ts";
import { type Capsule, createCapsule, type Outcome } from "./capsule.ts";

/** Trains a config on the engine that runs and says what it came to. */
export async function measureOutcome(config: Config, onStep?: TrainOptions["onStep"]): Promise<Outcome> {
  const subject = createSubject(config);
  const run = await train(subject, { onStep });
  const [likeliest] = await diagnose(subject, run, config);
  return {
    verdict: judge(run, config.thresholds),
    cause: likeliest?.cause ?? null,
    digest: run.digest,
  };
}

/** Trains a config and packs the run up. */
export async function record(
  config: Config,
  engine: EngineName,
  onStep?: TrainOptions["onStep"],
): Promise<Capsule> {
  return createCapsule(config, engine, await measureOutcome(config, onStep));
}
