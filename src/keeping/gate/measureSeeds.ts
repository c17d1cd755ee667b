// This file measures a subject from several seeds and takes known seeds from the cache. It refuses a subject that
// changes during its measurement, because the measurement then belongs to neither version.

import { InputError } from "../../foundation/input/inputError.ts";
import { kindOf } from "../../learning/config/kinds/kinds.ts";
import { parseConfig } from "../../learning/config/parseConfig.ts";
import type { Config } from "../../learning/config/schema.ts";
import type { Engine } from "../../learning/engine/startEngine.ts";
import type { Watch } from "../../learning/training/progress.ts";
import { canBeMadeAnew, MOST_NUMBERS } from "../../learning/workers/madeAnew.ts";
import { type Cache, openCache } from "./cache.ts";
import { hashInputs } from "./inputs/inputsHash.ts";
import { changed, createHashed, type Measured, measureAnew } from "./measureAnew.ts";
import type { Measurement } from "./measurement/measurement.ts";
import type { SeedThreads } from "./seedThreads.ts";

/** How a subject is measured. */
export interface MeasuringOptions extends Watch {
  readonly engine: Engine;
  /** Folder that keeps measurements from run to run. */
  readonly cache: string;
  /** Whether to measure seeds that the cache knows as well. */
  readonly all: boolean;
  /** Threads that measure several seeds at the same time; the result is the same. @defaultValue none */
  readonly threads?: SeedThreads | null | undefined;
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
      const { threads } = options;
      const begun =
        threads && canBeMadeAnew(config) ? await beginAll(config, seeds, threads, { ...options, cache }) : [];
      for (const [place, { seed, ladder }] of seeds.entries()) {
        options.onSeed?.();
        const how = { ...options, cache, elsewhere: begun[place] };
        measurements.push(await measureSeed({ ...config, seed }, ladder, how));
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

type SeedOptions = Omit<MeasuringOptions, "cache"> & { readonly cache: Cache };

/** A seed that a thread measures, and the hash of what the calling thread was given for it. */
interface Elsewhere {
  readonly hash: string;
  readonly measured: Promise<Measured>;
}

/**
 * Begins to measure on threads the seeds that the cache does not know.
 *
 * @returns what was begun of each seed; undefined where it is left to the calling thread.
 */
async function beginAll(
  config: Config,
  seeds: readonly AskedSeed[],
  threads: SeedThreads,
  { engine, cache, signal }: SeedOptions,
): Promise<(Elsewhere | undefined)[]> {
  const begun: (Elsewhere | undefined)[] = [];
  for (const { seed, ladder } of seeds) {
    const { subject, hash } = await createHashed({ ...config, seed }, engine.bitExact);
    const isKnown = knownIn(cache, seed, ladder, hash.begun) !== undefined;
    if (isKnown || subject.train.inputs.length > MOST_NUMBERS) {
      begun.push(undefined);
      continue;
    }
    const measured = threads.measure({ config: { ...config, seed }, ladder, engine: engine.name }, signal);
    // One that fails behind another that failed is heard by nobody.
    measured.catch(() => undefined);
    begun.push({ hash: hash.begun, measured });
  }
  return begun;
}

async function measureSeed(
  config: Config,
  ladder: boolean,
  options: SeedOptions & { readonly elsewhere: Elsewhere | undefined },
): Promise<Measurement> {
  const { elsewhere, cache } = options;
  const found = elsewhere
    ? await receive(elsewhere, config, options)
    : await measureHere(config, ladder, options);
  if (found.isNew) {
    refuseOtherFiles(config);
    await cache.put(found.measurement, found.begun);
  }
  return found.measurement;
}

/** Waits for a thread's measurement, and tells the progress once. */
async function receive(
  { hash, measured }: Elsewhere,
  { seed, training }: Config,
  { onProgress }: SeedOptions,
) {
  const { measurement, begun } = await measured;
  if (begun !== hash) throw changed(`other ones from seed ${seed}`);
  const { steps } = training;
  onProgress?.({ task: "training", step: steps, steps, loss: null, targetVariance: 0 });
  return { measurement, begun, isNew: true };
}

/** Takes a measurement from the cache, or makes it on the calling thread. */
async function measureHere(
  config: Config,
  ladder: boolean,
  { engine, cache, onProgress, signal }: SeedOptions,
) {
  const { bitExact } = engine;
  const before = await createHashed(config, bitExact);
  const { begun } = before.hash;
  const known = knownIn(cache, config.seed, ladder, begun);
  if (known) return { measurement: known, begun, isNew: false };
  return { ...(await measureAnew(config, before, { bitExact, ladder, onProgress, signal })), isNew: true };
}

/** Returns what the cache knows of a seed, without a ladder where none is asked for. */
function knownIn(cache: Cache, seed: number, ladder: boolean, begun: string): Measurement | undefined {
  const known = cache.get(seed, begun);
  if (!known || (ladder && !known.ladder)) return undefined;
  return ladder ? known : { ...known, ladder: null };
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
