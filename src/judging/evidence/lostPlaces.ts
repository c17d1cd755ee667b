// A layer that pools over all places keeps what there is in a picture or a sequence, and not where. Whether the targets ask
// for the place is told by two regressions: one on what each channel holds as a whole, one on what it holds in each of
// sixteen cells.

import { onceFor } from "../../foundation/onceFor.ts";
import type { Examples } from "../../learning/subject/examples.ts";
import { inputParts } from "../../learning/subject/parts.ts";
import { losesPlaces } from "../../learning/subject/reshape/keepPlaces.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import { LEARNT } from "../outcome/judgedOutputs.ts";
import { withFreshModel } from "./contract/freshModel.ts";
import { leftByReferences } from "./reference/attainable.ts";

/** A layer that loses the place, which the targets ask for. */
export interface LostPlaces {
  /** Name of the layer. */
  readonly layer: string;
  /** What a regression leaves of the targets that knows the channels as a whole: a share of Var(Y), or of the wrong classes. */
  readonly without: number;
  /** What one leaves that knows where each channel has what. */
  readonly withPlaces: number;
}

/** Knowing the place leaves at most this share of what is left without it. */
const MUCH_LESS = 0.6;
/** A regression that leaves more than this tells little of the targets in any case. */
const TELLS = 0.7;
const MOST_CHANNELS = 4;
const CELLS = 16;

/** Finds a layer that loses the place which the targets ask for; null where there is none. */
export const findLostPlaces = onceFor(search);

async function search(subject: Subject): Promise<LostPlaces | null> {
  const { train } = subject;
  const shape = gridOf(train);
  if (shape === null) return null;
  const layer = await withFreshModel(subject, async ({ model }) => {
    const pooling = model.layers.find((one) =>
      losesPlaces({ class_name: one.getClassName(), config: one.getConfig() }),
    );
    return pooling?.name;
  });
  if (layer === undefined) return null;
  const without = leftOf(train, 4 * shape.channels, (row) => wholeChannels(row, shape));
  const withPlaces = leftOf(train, CELLS * shape.channels, (row) => cells(row, shape));
  // Targets that the channels as a whole tell do not ask for places, though places may tell them better still.
  if (without === null || withPlaces === null || without <= LEARNT) return null;
  return withPlaces <= TELLS && withPlaces <= MUCH_LESS * without ? { layer, without, withPlaces } : null;
}

/** The places of an example: rows and columns of a picture, or one row of steps. */
interface Grid {
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
}

function gridOf(train: Examples): Grid | null {
  const [part, ...others] = inputParts(train);
  if (!part || others.length > 0) return null;
  const [first = 0, second = 0, third] = part.shape;
  if (part.shape.length === 3 && third !== undefined && third <= MOST_CHANNELS && first >= 4 && second >= 4)
    return { rows: first, columns: second, channels: third };
  if (part.shape.length === 2 && second <= MOST_CHANNELS && first >= CELLS)
    return { rows: 1, columns: first, channels: second };
  return null;
}

function leftOf(
  train: Examples,
  columns: number,
  featuresOf: (row: Float32Array) => Float32Array,
): number | null {
  const size = train.inputs.length / train.count;
  const inputs = new Float32Array(train.count * columns);
  for (let row = 0; row < train.count; row++)
    inputs.set(featuresOf(train.inputs.subarray(row * size, (row + 1) * size)), row * columns);
  return leftByReferences(train, inputs);
}

/** Mean, spread, least and most of each channel. */
function wholeChannels(row: Float32Array, { channels }: Grid): Float32Array {
  const features = new Float32Array(4 * channels);
  const places = row.length / channels;
  for (let channel = 0; channel < channels; channel++) {
    let [sum, squares, least, most] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let at = channel; at < row.length; at += channels) {
      const value = row[at] as number;
      sum += value;
      squares += value * value;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    const mean = sum / places;
    const spread = Math.sqrt(Math.max(0, squares / places - mean * mean));
    features.set([mean, spread, least, most], 4 * channel);
  }
  return features;
}

/** The mean of each channel in each of sixteen cells: four by four of a picture, sixteen stretches of a sequence. */
function cells(row: Float32Array, { rows, columns, channels }: Grid): Float32Array {
  const [down, across] = rows === 1 ? [1, CELLS] : [4, 4];
  const sums = new Float32Array(CELLS * channels);
  const counts = new Float32Array(CELLS * channels);
  for (const [at, value] of row.entries()) {
    const place = Math.floor(at / channels);
    const [y, x] = [Math.floor(place / columns), place % columns];
    const cell = Math.floor((y * down) / rows) * across + Math.floor((x * across) / columns);
    const feature = cell * channels + (at % channels);
    sums[feature] = (sums[feature] as number) + value;
    counts[feature] = (counts[feature] as number) + 1;
  }
  return sums.map((sum, feature) => sum / Math.max(1, counts[feature] as number));
}
