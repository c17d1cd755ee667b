// Attention and pooling treat the words of a text alike wherever they stand, unless positions are added to them or something
// reads them in order. Whether the targets ask for the order is told by two regressions: one on how often a text has each word,
// one that also knows where.

import { type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { largestOf, leastOf } from "../../../foundation/numbers/extremes.ts";
import { correlation } from "../../../foundation/numbers/statistics.ts";
import { onceFor } from "../../../foundation/onceFor.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { weighedTarget } from "../../../learning/subject/own/readInputs.ts";
import { inputParts } from "../../../learning/subject/parts.ts";
import { losesPlaces } from "../../../learning/subject/reshape/keepPlaces.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import { type FreshModel, withFreshModel } from "../contract/freshModel.ts";
import { leftByReferences } from "../reference/attainable.ts";
import { inputUses } from "../reference/inputUses.ts";

/** A network that gives a text the same outputs in whatever order its words stand, where the targets ask for the order. */
export interface LostSteps {
  /** Name of the layer that pools over the steps. */
  readonly layer: string;
  /** What a regression leaves of the targets that knows how often each word stands in a text. */
  readonly without: number;
  /** What one leaves that knows where they stand as well. */
  readonly withPlaces: number;
}

/** Knowing the places leaves at most this share of what is left without them, and tells so much more of the targets. */
const MUCH_LESS = 0.6;
const TELLS_MORE = 0.2;
/** A regression that leaves more than this tells little of the targets in any case. */
const TELLS = 0.7;
/** With fewer texts, a regression on the best of many words finds something by chance. */
const FEWEST_TEXTS = 300;
const FEWEST_STEPS = 3;
/** The references take two columns for each of them, and 64 at most. */
const MOST_WORDS = 32;
const COMPARED = 32;
/** Outputs that differ by less than this share of their spread are the same but for rounding. */
const SAME = 1e-3;

/** Finds a network that loses the order of the words, which the targets ask for; null where there is none. */
export const findLostSteps = onceFor(search);

async function search(subject: Subject): Promise<LostSteps | null> {
  const { train } = subject;
  const [part, ...others] = inputParts(train);
  const steps = part?.shape[0] ?? 0;
  if (others.length > 0 || part?.shape.length !== 1 || steps < FEWEST_STEPS || train.count < FEWEST_TEXTS)
    return null;
  if ((await inputUses(subject))[0]?.as !== "codes") return null;
  const layer = await withFreshModel(subject, async (fresh) => poolsInAnyOrder(fresh, steps));
  if (layer === null) return null;
  const words = wordsThatTell(train, steps);
  const without = leftByReferences(train, describe(train, { steps, words, withPlaces: false }));
  const withPlaces = leftByReferences(train, describe(train, { steps, words, withPlaces: true }));
  if (without === null || withPlaces === null) return null;
  const tellsMore = withPlaces <= MUCH_LESS * without && without - withPlaces >= TELLS_MORE;
  return withPlaces <= TELLS && tellsMore ? { layer, without, withPlaces } : null;
}

/** The layer that pools over all steps, where the outputs stay the same when the words of each text stand the other way round. */
function poolsInAnyOrder({ subject, model }: FreshModel, steps: number): string | null {
  const pooling = model.layers.find((one) =>
    losesPlaces({ class_name: one.getClassName(), config: one.getConfig() }),
  );
  if (!pooling) return null;
  const rows = Math.min(COMPARED, subject.train.count);
  const texts = subject.train.inputs.subarray(0, rows * steps);
  const turned = texts.map((_, at) => texts[at - (at % steps) + steps - 1 - (at % steps)] as number);
  const [asIs, otherwise] = [texts, turned].map((codes) =>
    tidy(() => {
      const outputs = model.predict(tensor(codes, [rows, steps]));
      return Array.from((Array.isArray(outputs) ? (outputs[0] as Tensor) : outputs).dataSync());
    }),
  ) as [number[], number[]];
  const spread = largestOf(asIs) - leastOf(asIs);
  const difference = largestOf(asIs.map((value, at) => Math.abs(value - (otherwise[at] as number))));
  return spread > 0 && difference <= SAME * spread ? pooling.name : null;
}

/** The words whose place goes with the targets the most. */
function wordsThatTell(train: Examples, steps: number): readonly number[] {
  const { inputs, count } = train;
  const told = Float64Array.from({ length: count }, (_, row) => weighedTarget(train, row));
  const seen = new Map<number, { places: number[]; targets: number[] }>();
  for (const [at, code] of inputs.entries()) {
    if (code === 0) continue;
    const own = seen.get(code) ?? { places: [], targets: [] };
    own.places.push(at % steps);
    own.targets.push(told[Math.floor(at / steps)] as number);
    seen.set(code, own);
  }
  const scores = [...seen].map(([code, own]) => ({
    code,
    score: Math.abs(correlation(own.places, own.targets) ?? 0) * Math.sqrt(own.places.length),
  }));
  const best = scores.sort((a, b) => b.score - a.score || a.code - b.code);
  return best.slice(0, MOST_WORDS).map(({ code }) => code);
}

interface Described {
  readonly steps: number;
  readonly words: readonly number[];
  readonly withPlaces: boolean;
}

/** How often each of the words stands in a text, and where on average. */
function describe({ inputs, count }: Examples, { steps, words, withPlaces }: Described): Float32Array {
  const columns = withPlaces ? 2 * words.length : words.length;
  const numberOf = new Map(words.map((word, number) => [word, number]));
  const rows = new Float32Array(count * columns);
  for (const [at, code] of inputs.entries()) {
    const number = numberOf.get(code);
    if (number === undefined) continue;
    const offset = Math.floor(at / steps) * columns;
    rows[offset + number] = (rows[offset + number] as number) + 1;
    const place = offset + words.length + number;
    if (withPlaces) rows[place] = (rows[place] as number) + (at % steps) / (steps - 1) - 0.5;
  }
  return rows;
}
