// References for targets that lie beside their inputs, such as a mask over a picture: a regression on a whole picture says
// little, but one on the few numbers around a place says how far the noise lets anybody tell what the place is.

import { countErrors } from "../../../foundation/numbers/classError.ts";
import { featureMaps, linearFeatures } from "../../../foundation/numbers/randomFeatures.ts";
import { average, columnVariances } from "../../../foundation/numbers/statistics.ts";
import { seedStream } from "../../../foundation/random/seedStream.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { inputParts, type Placed, sizeOf, type TargetPart } from "../../../learning/subject/parts.ts";
import { countsClasses } from "./countsClasses.ts";
import { type Fold, type FoldErrors, foldErrors } from "./crossValidation.ts";
import { normalEquations, solveRidge } from "./solveRidge.ts";

/** Patches of more numbers than these make a regression slow. */
const MOST_COLUMNS = 64;
/** How far a patch reaches from its place, on every side. */
const RADII = [1, 2, 3];
/** More places add little, and the work grows with them. */
const MOST_PLACES = 4000;
/** Regressions on fewer would know them by heart. */
const FEWEST_PLACES = 400;
/** In units of the number of places. */
const RIDGE = 1e-2;

/** A picture or a sequence, and the numbers that stand at each of its places. */
interface Grid {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Target numbers of a place. */
  readonly outputs: number;
}

/**
 * Predicts the targets of places from the input numbers around them, and returns the errors of each regression.
 *
 * @param examples the examples with the targets of this output alone.
 * @returns none unless the targets have the places of the only input: height and width of a picture, or the steps of a
 * sequence of rows.
 */
export function patchErrors(examples: Examples, part: Placed<TargetPart>): readonly FoldErrors[] {
  const grid = gridOf(examples, part);
  if (grid === null) return [];
  const places = drawPlaces(examples.count * grid.height * grid.width);
  const targets = takeTargets(examples.targets, grid.outputs, places);
  const ofAllPlaces = average(columnVariances(Float32Array.from(targets), grid.outputs));
  // The error of a run is compared with the variance of each place by itself.
  const share = ofAllPlaces / average(columnVariances(examples.targets, examples.outputs));
  if (places.length < FEWEST_PLACES || !Number.isFinite(share)) return [];
  const scores = scoreTables(examples, grid, places, targets);
  const columns = scores.length / places.length;
  const fold: Fold = { rows: places.length, inputs: scores, targets, outputs: grid.outputs };
  return featureMaps(scores, places.length, columns)
    .flatMap((features) => foldErrors(features, fold, countsClasses(part) ? countErrors : null))
    .map(({ lossOverVariance, errorOverPrior }) => ({
      lossOverVariance: lossOverVariance * share,
      errorOverPrior,
    }));
}

/**
 * What linear regressions on the patches around each place say of its targets, and the numbers of the place itself: few
 * columns, whose bends a second regression follows.
 */
function scoreTables(
  examples: Examples,
  grid: Grid,
  places: readonly number[],
  targets: Float64Array,
): Float64Array {
  const own = takePatches(examples.inputs, grid, places, 0) ?? [];
  const scores = RADII.flatMap((radius) => {
    const inputs = takePatches(examples.inputs, grid, places, radius);
    return inputs === null ? [] : [linearScores(inputs, targets, places.length)];
  });
  const tables = [own, ...scores];
  const widths = tables.map(({ length }) => length / places.length);
  const width = widths.reduce((sum, one) => sum + one, 0);
  const beside = new Float64Array(places.length * width);
  let offset = 0;
  for (const [at, table] of tables.entries()) {
    const columns = widths[at] as number;
    for (let row = 0; row < places.length; row++)
      for (let column = 0; column < columns; column++)
        beside[row * width + offset + column] = table[row * columns + column] as number;
    offset += columns;
  }
  return beside;
}

function linearScores(inputs: Float64Array, targets: Float64Array, rows: number): Float64Array {
  const outputs = targets.length / rows;
  const features = linearFeatures(inputs, rows, inputs.length / rows);
  const { values, width } = features;
  const all = Array.from({ length: rows }, (_, row) => row);
  const weights = solveRidge(
    normalEquations(features, { rows, inputs, targets, outputs }, all),
    RIDGE * rows,
  );
  const scores = new Float64Array(rows * outputs);
  for (let row = 0; row < rows; row++)
    for (let output = 0; output < outputs; output++) {
      let sum = 0;
      for (let column = 0; column < width; column++)
        sum += (values[row * width + column] as number) * (weights[column * outputs + output] as number);
      scores[row * outputs + output] = sum;
    }
  return scores;
}

function gridOf(examples: Examples, part: Placed<TargetPart>): Grid | null {
  const [input, ...others] = inputParts(examples);
  if (!input || others.length > 0 || part.severalLabels) return null;
  const sides = input.shape.length - 1;
  const [height = 1, width = 1] = sides === 1 ? [1, input.shape[0]] : input.shape;
  const areBeside = input.shape.slice(0, sides).every((side, axis) => side === part.shape[axis]);
  if (sides < 1 || sides > 2 || !areBeside || height * width < 2) return null;
  const channels = input.shape.at(-1) as number;
  return { height, width, channels, outputs: sizeOf(part.shape.slice(sides)) };
}

/** Draws places among those of all examples, each at most once. */
function drawPlaces(all: number): readonly number[] {
  const random = seedStream(1, "attainable/places");
  const step = Math.max(1, all / MOST_PLACES);
  const count = Math.floor(all / step);
  return Array.from({ length: count }, (_, place) => Math.floor((place + random.uniform()) * step));
}

function takeTargets(table: Float32Array, outputs: number, places: readonly number[]): Float64Array {
  const targets = new Float64Array(places.length * outputs);
  places.forEach((place, row) => {
    targets.set(table.subarray(place * outputs, (place + 1) * outputs), row * outputs);
  });
  return targets;
}

/** Copies the numbers around each place; 0 stands for those beyond an edge. Null where a patch is too large. */
function takePatches(
  table: Float32Array,
  { height, width, channels }: Grid,
  places: readonly number[],
  radius: number,
): Float64Array | null {
  const rows = Math.min(radius, height - 1);
  const columns = Math.min(radius, width - 1);
  const size = (2 * rows + 1) * (2 * columns + 1) * channels;
  if (size > MOST_COLUMNS) return null;
  const patches = new Float64Array(places.length * size);
  let at = 0;
  for (const place of places) {
    const x = place % width;
    const y = Math.floor(place / width) % height;
    for (let down = -rows; down <= rows; down++)
      for (let right = -columns; right <= columns; right++, at += channels) {
        if (y + down < 0 || y + down >= height || x + right < 0 || x + right >= width) continue;
        const start = (place + down * width + right) * channels;
        patches.set(table.subarray(start, start + channels), at);
      }
  }
  return patches;
}
