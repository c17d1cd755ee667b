// Outputs of another shape than the targets are no predictions of them, and those of a pinball loss are no estimates of
// their means, so that only the project's own loss can tell how good they are. Such a loss need not be 0 anywhere: a run is judged by how much of the way it goes from the best
// constant to what a reference reaches under the same loss.

import { createHash } from "node:crypto";
import { leastOf } from "../../foundation/numbers/extremes.ts";
import { average, columnMeans, columnVariances } from "../../foundation/numbers/statistics.ts";
import { onceFor } from "../../foundation/onceFor.ts";
import { floorOf } from "../loss/knownFloor.ts";
import type { Loss } from "../loss/loss.ts";
import type { Examples } from "../subject/examples.ts";
import { writtenLoss } from "../subject/own/ownLoss.ts";
import { lossTargets, type Placed, type TargetPart } from "../subject/parts.ts";
import { sampleExamples } from "../subject/sample.ts";
import type { Quality } from "../training/quality.ts";
import { type FoundConstant, searchConstant } from "./constantSearch.ts";
import { type BestConstant, type ErrorMeasure, repeatRow } from "./errorMeasure.ts";
import { lossOfEach, lossOfHalves } from "./lossAtOnce.ts";
import { hasReference, measureReference } from "./referenceLoss.ts";
import { lossOfAll, lossOfRows, type ShapedLoss } from "./rowLosses.ts";
import { sharesOf, takingShares } from "./withShares.ts";

/** The name by which results show the loss of outputs that are no predictions of their targets. */
export const OWN_LOSS = "own loss above what a reference reaches";

/** A loss of a batch that differs from the mean over its rows by more than this is one number for the whole batch. */
const ROUNDING = 1e-3;
/** Without a better reference, a run has to gain this share of the deviation of the losses under the best constant. */
const LEAST_GAIN = 0.2;
/** Where a reference is asked, this share of that is enough of a loss that is one number for all examples. */
const NOTICED_OF_ALL = 0.1;

/** Whether an output is judged by the project's own loss, since it is no prediction of its targets. */
export function isJudgedByItsLoss({ ownShape }: Pick<TargetPart, "ownShape">): boolean {
  return ownShape !== undefined;
}

/** Whether the project's own loss judges an output, for whatever reason. */
export function asksItsLossAlone({ measure }: Pick<TargetPart, "measure">): boolean {
  return measure?.name === OWN_LOSS;
}

/** Whether an output was judged by the project's own loss. */
export function wasJudgedByItsLoss({ measured }: Pick<Quality, "measured">): boolean {
  return measured?.name === OWN_LOSS;
}

/** Where the judging of a loss is anchored. */
interface Anchors {
  /** The best constant row, and its loss. */
  readonly row: Float32Array;
  readonly ofConstant: number;
  /** The loss that counts as right: its floor where that is known, or what a reference reaches. */
  readonly aim: number;
  /** Whether the loss keeps falling however far a constant goes. */
  readonly isBottomless: boolean;
  /** Whether the loss of a batch is the mean over its rows. */
  readonly addsUp: boolean;
  /** How many examples the loss was asked about at once. */
  readonly examples: number;
}

/**
 * Anchors by the function that the project wrote, and then by the data: a search of cures makes the same subject many
 * times.
 */
const knownOf = onceFor((_loss: object) => new Map<string, Promise<Anchors>>());

function knownAnchors(
  shaped: ShapedLoss,
  judged: Examples,
  part: Placed<TargetPart>,
  ofScale: number | null,
): Promise<Anchors> {
  const origin = writtenLoss(shaped.loss);
  const ofLoss = knownOf(origin);
  const hash = createHash("sha256").update(
    JSON.stringify([part.index, shaped.outputs, shaped.targets, part.shares, ofScale]),
  );
  for (const { buffer, byteOffset, byteLength } of [judged.inputs, lossTargets(judged, part).values])
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  const key = hash.digest("hex");
  const anchors = ofLoss.get(key) ?? findAnchors(shaped, judged, part, ofScale);
  ofLoss.set(key, anchors);
  return anchors;
}

/**
 * Makes the error measure of an output that its own loss judges.
 *
 * @param batchSize how many examples a loss that compares them is asked about at once: the hardest of more is harder.
 * @defaultValue all
 * @param floor the loss of right answers, whatever the examples are. @defaultValue null, where that is not known
 */
export function createLossMeasure(
  loss: Loss,
  train: Examples,
  part: Placed<TargetPart>,
  seed: number,
  {
    batchSize = Number.POSITIVE_INFINITY,
    floor = null,
  }: { readonly batchSize?: number; readonly floor?: number | null } = {},
): ErrorMeasure {
  const shaped: ShapedLoss = { loss, targets: part.ownShape ?? part.shape, outputs: part.shape };
  let anchors: Promise<Anchors> | undefined;
  const find = () => {
    anchors ??= knownAnchors(shaped, sampleExamples(train, seed), part, floor);
    return anchors;
  };
  return {
    name: OWN_LOSS,
    async errorsOf(targets, predictions) {
      const { aim, addsUp, isBottomless, examples } = await find();
      const values = addsUp
        ? await lossOfRows(shaped, { targets, predictions })
        : await lossOfEach(shaped, { targets, predictions }, part.areRelated ? batchSize : examples);
      // No run can be near the end of a loss that has none.
      return isBottomless ? values.fill(2) : values.map((value) => value - aim);
    },
    async best(): Promise<BestConstant> {
      const { row, ofConstant, aim, isBottomless } = await find();
      return { row, error: isBottomless ? 1 : ofConstant - aim, degree: 1, isBottomless };
    },
  };
}

async function findAnchors(
  asked: ShapedLoss,
  judged: Examples,
  part: Placed<TargetPart>,
  ofScale: number | null,
): Promise<Anchors> {
  const { shares = [] } = part;
  const shaped = { ...asked, loss: takingShares(asked.loss, shares) };
  const { values: targets } = lossTargets(judged, part);
  const constant = (row: ArrayLike<number>) => ({ targets, predictions: repeatRow(row, judged.count) });
  const lossOf = (row: Float32Array) => lossOfAll(shaped, constant(row));
  const scale = spreadOf(targets, targets.length / judged.count);
  const starts = startsOf(targets, part.size);
  const found =
    part.arePlaceholders || part.areRelated
      ? await bestStart(starts, lossOf)
      : await searchConstant(lossOf, starts, scale, shaped.outputs.at(-1) ?? 1);
  const { loss: ofConstant, isBottomless } = found;
  const row = sharesOf(found.row, shares);
  const rows = await lossOfRows(asked, constant(row));
  // Of outputs that are all the same, a loss that compares them says for each row what it says for all.
  const addsUp =
    !part.areRelated &&
    Math.abs(average([...rows]) - ofConstant) <= ROUNDING * Math.max(Math.abs(ofConstant), ROUNDING);
  const { count: examples } = judged;
  if (isBottomless) return { row, ofConstant, aim: ofConstant - 1, isBottomless, addsUp, examples };
  const floor = ofScale ?? floorOf(writtenLoss(asked.loss));
  if (floor !== null) return { row, ofConstant, aim: floor, isBottomless, addsUp, examples };
  const noticeable =
    LEAST_GAIN * (Math.sqrt(columnVariances(rows, 1)[0] as number) || Math.abs(ofConstant) || 1);
  const reached = hasReference(judged, part.size)
    ? await measureReference(shaped, judged, part, await startOf(found, lossOf, scale, noticeable))
    : null;
  const gains =
    reached !== null && !addsUp && !part.areRelated
      ? (await lossOfHalves(shaped, judged, part, found.row)) - reached
      : null;
  // One number for all examples, such as a likelihood of their order, says nothing of how the rows differ.
  const least = gains === null ? noticeable : NOTICED_OF_ALL * noticeable;
  const aim = Math.min(gains === null ? (reached ?? ofConstant) : ofConstant - gains, ofConstant - least);
  return { row, ofConstant, aim, isBottomless, addsUp, examples };
}

/**
 * Takes the best row of equal numbers. A loss that reads no targets compares outputs with each other, such as those of an
 * anchor and of two others, which one network makes of different inputs: where it tells nothing apart they are equal, and
 * a row that is best for the loss is out of its reach. One that compares the outputs of examples says the same of every constant.
 */
async function bestStart(
  rows: readonly Float32Array[],
  lossOf: (row: Float32Array) => Promise<number>,
): Promise<FoundConstant> {
  const losses = await Promise.all(rows.map(lossOf));
  // Outputs of zero have no direction: a loss that asks for it is no number there.
  const known = losses.map((loss) => (Number.isNaN(loss) ? Number.POSITIVE_INFINITY : loss));
  const loss = leastOf(known);
  return { row: rows[known.indexOf(loss)] as Float32Array, loss, isBottomless: false };
}

/** Spread of the numbers of all targets about their own means. */
function spreadOf(targets: Float32Array, columns: number): number {
  return Math.sqrt(average(columnVariances(targets, columns))) || 1;
}

/** Rows from which the best constant is looked for: a loss may allow positive numbers alone. */
function startsOf(targets: Float32Array, size: number): Float32Array[] {
  const mean = average([...columnMeans(targets, 1)]);
  return [0, mean, 1].map((value) => new Float32Array(size).fill(value));
}

/** Finds how far each number of the best constant moves the loss noticeably, and whether it may be negative. */
async function startOf(
  { row, loss }: { readonly row: Float32Array; readonly loss: number },
  lossOf: (row: Float32Array) => Promise<number>,
  scale: number,
  noticeable: number,
) {
  const scales = new Float32Array(row.length);
  const arePositive: boolean[] = [];
  for (let number = 0; number < row.length; number++) {
    const at = async (value: number) => lossOf(row.map((one, place) => (place === number ? value : one)));
    const own = row[number] as number;
    arePositive.push(own > 0 && !Number.isFinite(await at(-own)));
    let step = scale;
    const moves = async () =>
      !((await at(own + step)) - loss < noticeable && (await at(own - step)) - loss < noticeable);
    for (let halved = 0; halved < 24 && (await moves()); halved++) step /= 2;
    for (let doubled = 0; doubled < 24 && !(await moves()); doubled++) step *= 2;
    scales[number] = step;
  }
  return { row, scales, arePositive };
}
