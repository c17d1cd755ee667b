// This file measures a subject from several seeds and takes known seeds from the cache. It refuses a subject that
// changes during its measurement, because the measurement then belongs to neither version.

import { InputError } from "../../foundation/input/inputError.ts";
import { kindOf } from "../../learning/config/kinds/kinds.ts";
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
  /** Folder that keeps measurements from run to run. */
  readonly cache: string;
  /** Whether to measure seeds that the cache knows as well. */
  readonly all: boolean;
  /** Called before each seed. */
  readonly onSeed?: (() => void) | undefined;
}

/** A seed to measure, and whether the ladder is to be climbed from it too. */
export interface AskedSeed {
  readonly seed: number;
  readonly ladder: boolean;
}

/** Measures one seed after another. */
export type MeasureSeeds = (seeds: readonly AskedSeed[]) => Promise<readonly Measurement[]>;

/**
 * Creates the function that measures a config from seeds.
 *
 * That function throws an InputError if the subject's data, model or weights change during its measurement.
 */
export async function seedMeasurer(config: Config, options: MeasuringOptions): Promise<MeasureSeeds> {
  const { engine, cache: folder, all } = options;
  const cache = await openCache(folder, await hashInputs({ config, engine: engine.name }), all);
  return async (seeds) => {
    const measurements: Measurement[] = [];
    try {
      for (const { seed, ladder } of seeds) {
        options.onSeed?.();
        measurements.push(await measureSeed({ ...config, seed }, ladder, { ...options, cache }));
      }
    } catch (error) {
      // If a file was replaced, training may fail in any way, for instance with too few rows or layers that do not fit.
      refuseOtherFiles(config);
      throw error;
    }
    refuseOtherFiles(config);
    return measurements;
  };
}

async function measureSeed(
  config: Config,
  ladder: boolean,
  options: Omit<MeasuringOptions, "cache"> & { readonly cache: Cache },
): Promise<Measurement> {
  const { onProgress, signal, cache } = options;
  const { bitExact } = options.engine;
  const trainFirst = bitExact && kindOf(config).runsCode;
  const subject = await createSubject(config);
  const before = await hashSubject(subject, trainFirst);
  const known = cache.get(config.seed, before.begun);
  if (known && (!ladder || known.ladder)) return ladder ? known : { ...known, ladder: null };
  const measurement = await measure(config, subject, { bitExact, ladder, onProgress, signal });
  const after = await hashSubject(await createSubject(config), false);
  if (after.given !== before.given) throw changed(`other ones from seed ${config.seed}`);
  refuseOtherFiles(config);
  await cache.put(measurement, before.begun);
  return measurement;
}

/** Refuses a table or a saved model whose hash differs from the one in the config. */
function refuseOtherFiles(config: Config): void {
  if (kindOf(config).files(config).length === 0) return;
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
