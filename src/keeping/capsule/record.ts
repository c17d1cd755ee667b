import { diagnose } from "../../judging/diagnosis/diagnose.ts";
import { judge } from "../../judging/law/verdict.ts";
import type { Config } from "../../learning/config/schema.ts";
import type { EngineName } from "../../learning/engine/engineName.ts";
import { createSubject } from "../../learning/subject/createSubject.ts";
import { type TrainOptions, train } from "../../learning/training/train.ts";
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
