import { largestOf } from "../../../../foundation/numbers/extremes.ts";
import type { EarlyStopping } from "../../../config/schema.ts";
import type { TranslatedFit } from "../translateProgram.ts";
import type { TranslatedOptimizer } from "./translateOptimizer.ts";

/** The parts of a recipe that callbacks take part in. */
export interface WithCallbacks {
  readonly optimizer: TranslatedOptimizer;
  readonly earlyStopping?: EarlyStopping;
}

/**
 * Adds what the callbacks of a program do to its recipe.
 *
 * @param examples training examples, which say with the batch how many updates an epoch has.
 */
export function applyCallbacks(
  { callbacks, epochSteps, stepsPerEpoch, batchSize }: TranslatedFit,
  optimizer: TranslatedOptimizer,
  examples: number,
): WithCallbacks {
  const { earlyStopping, onPlateau, rates } = callbacks;
  const known = epochSteps ?? stepsPerEpoch;
  const inEpoch = known === null ? {} : { epochSteps: known };
  return {
    optimizer: {
      ...optimizer,
      ...(onPlateau && { onPlateau: { ...onPlateau, ...inEpoch } }),
      ...(rates && scheduleOf(rates, known ?? Math.ceil(examples / batchSize))),
    },
    ...(earlyStopping && { earlyStopping: { ...earlyStopping, ...inEpoch } }),
  };
}

/** The most factors that a schedule holds. */
const MOST_FACTORS = 1000;

/** Makes a schedule of the rates of all epochs; the rate of the first one is the optimizer's. */
function scheduleOf(rates: readonly number[], epochSteps: number): object {
  const learningRate = largestOf(rates);
  if (!(learningRate > 0)) return { learningRate: 0 };
  const changes = rates.flatMap((rate, epoch) => (epoch > 0 && rate !== rates[epoch - 1] ? [epoch] : []));
  if (changes.length === 0) return { learningRate };
  const kept = changes.slice(0, MOST_FACTORS);
  return {
    learningRate,
    schedule: {
      name: "piecewise",
      // The factor of an epoch holds from its first update on, which is behind the last one of the epoch before.
      boundaries: kept.map((epoch) => epoch * epochSteps - 1),
      factors: [0, ...kept].map((epoch) => (rates[epoch] as number) / learningRate),
    },
  };
}
