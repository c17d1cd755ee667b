import { trainAndDiagnose } from "../../judging/trainAndDiagnose.ts";
import type { Config } from "../../learning/config/schema.ts";
import type { Engine } from "../../learning/engine/startEngine.ts";
import { createSubject } from "../../learning/subject/createSubject.ts";
import type { Watch } from "../../learning/training/progress.ts";
import { type Capsule, createCapsule, type Recorded } from "./capsule.ts";

/** Trains a config on the running engine, and returns the part of the outcome that a capsule compares. */
export async function measureOutcome(config: Config, watch: Watch = {}): Promise<Recorded> {
  const { thresholds } = config;
  const { run, verdict, findings } = await trainAndDiagnose(await createSubject(config), {
    thresholds,
    ...watch,
  });
  return { verdict, cause: findings[0]?.cause ?? null, digest: run.digest };
}

/**
 * Trains a config and creates a capsule of the run.
 *
 * @param engine the one that runs, as {@link startEngine} gave it.
 */
export async function record(config: Config, engine: Engine, watch: Watch = {}): Promise<Capsule> {
  return createCapsule(config, engine.name, await measureOutcome(config, watch));
}
