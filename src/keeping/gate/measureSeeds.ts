// Measures a subject from several seeds, from the cache where it knows them, and refuses a subject that is another
// after it was measured than it was before: what was measured then is neither.

import { InputError } from "../../foundation/input/inputError.ts";
import { parseConfig } from "../../learning/config/parseConfig.ts";
import type { Config } from "../../learning/config/schema.ts";
import type { Engine } from "../../learning/engine/startEngine.ts";
import { createSubject } from "../../learning/subject/createSubject.ts";
import type { Watch } from "../../learning/training/progress.ts";
import { type Cache, openCache } from "./cache.ts";
import { hashInputs } from "./inputs/inputsHash.ts";
import { hashSubject } from "./inputs/subjectHash.ts";
import { measure } from "./measurement/measure.ts";
import type { Measurement } from "./measurement/measurement.ts";

/** How a subject is measured. */
export interface MeasuringOptions extends Watch {
  readonly engine: Engine;
  /** Folder where measurements are kept from run to run. */
  readonly cache: string;
  /** Whether to measure what the cache knows, too. */
  readonly all: boolean;
  /** Called before each seed. */
  readonly onSeed?: (() => void) | undefined;
}

/** Measures one seed after another. */
export type MeasureSeeds = (seeds: readonly number[]) => Promise<readonly Measurement[]>;

/**
 * Makes what measures a config from seeds.
 *
 * What it returns throws an InputError where the subject's data, model or weights change while it is measured.
 */
export async function seedMeasurer(config: Config, options: MeasuringOptions): Promise<MeasureSeeds> {
  const { engine, cache: folder, all } = options;
  const cache = await openCache(folder, await hashInputs({ config, engine: engine.name }), all);
  return async (seeds) => {
    const measurements: Measurement[] = [];
    try {
      for (const seed of seeds) {
        options.onSeed?.();
        measurements.push(await measureSeed({ ...config, seed }, cache, options));
      }
    } catch (error) {
      // A file that is another may fail in any way: with too few rows, say, or with layers that do not fit.
      refuseOtherFiles(config);
      throw error;
    }
    refuseOtherFiles(config);
    return measurements;
  };
}

async function measureSeed(config: Config, cache: Cache, options: MeasuringOptions): Promise<Measurement> {
  const { onProgress, signal } = options;
  const { bitExact } = options.engine;
  const trainFirst = bitExact && config.subject === "own";
  const subject = await createSubject(config);
  const before = await hashSubject(subject, trainFirst);
  const known = cache.get(config.seed, before.begun);
  if (known) return known;
  const measurement = await measure(config, subject, { bitExact, onProgress, signal });
  const after = await hashSubject(await createSubject(config), false);
  if (after.given !== before.given) throw changed(`other ones from seed ${config.seed}`);
  refuseOtherFiles(config);
  await cache.put(measurement, before.begun);
  return measurement;
}

/** A table or a saved model is in the config by its hash. */
function refuseOtherFiles(config: Config): void {
  if (config.subject !== "table" && config.subject !== "saved-model") return;
  try {
    parseConfig(config);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw changed(error.code === "changed" ? "a file of other contents" : `a file that ${error.rule}`);
  }
}

function changed(got: string): InputError {
  return new InputError({
    code: "changed",
    field: "examples and initial weights",
    message:
      "must be the same for the same seed while they are measured; leave their files alone, draw from the seed that is given, and run the gate again",
    got,
  });
}
