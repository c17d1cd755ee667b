import fc from "fast-check";
import { keepFailure, replayLine } from "../keeping/capsule/keepFailure.ts";
import { record } from "../keeping/capsule/record.ts";
import type { Config } from "../learning/config/schema.ts";
import { withoutExplaining } from "./explaining.ts";
import { useEngine } from "./learner.ts";

/** How many configs to draw, from which seed, and where to keep what fails. */
export interface EveryConfigOptions {
  /** Configs tried. @defaultValue fast-check's own, 100 unless it is configured otherwise */
  readonly numRuns?: number;
  /** Seed of the draw, from 1 to 2147483647. @defaultValue fast-check's own */
  readonly seed?: number;
  /** Folder that keeps the capsule of a counterexample. @defaultValue `learnproof-capsules` */
  readonly folder?: string;
}

/**
 * Tries a claim on configs drawn from an arbitrary. Where it fails, the failing config is shrunk, its run is kept as a
 * capsule, and the error says in one line how to replay it.
 *
 * @throws {Error} with the claim's own error, the seed and path of the draw, and the replay line.
 */
export async function forEveryConfig<C extends Config>(
  configs: fc.Arbitrary<C>,
  claim: (config: C) => unknown,
  { folder, ...parameters }: EveryConfigOptions = {},
): Promise<void> {
  const engine = await useEngine();
  const property = fc.asyncProperty(configs, async (config) => (await claim(config)) !== false);
  const details = await withoutExplaining(async () => fc.check(property, parameters));
  if (!details.failed) return;
  const [config] = details.counterexample as [C];
  const path = await keepFailure(await record(config, engine), folder);
  const cause = await errorOf(claim, config);
  throw new Error(
    [
      `the claim fails on a config, found after ${details.numRuns} and shrunk ${details.numShrinks} times (seed ${details.seed}, path "${details.counterexamplePath}")`,
      ...(cause ? [cause.message] : []),
      `Replay: ${replayLine(path)}`,
    ].join("\n"),
    { cause },
  );
}

/** The claim's own error on the smallest config; undefined where it only answered false. */
async function errorOf<C>(claim: (config: C) => unknown, config: C): Promise<Error | undefined> {
  try {
    await claim(config);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
