// A loss of the subject's own code may read outputs of another shape than the targets on purpose: a mean and a variance
// for each target, or several quantiles. Then the shapes are no fault, and the outputs are no predictions of the targets:
// the loss gets the targets as they are, and stand-ins of the output's shape describe the data elsewhere.

import { mean, reshape, reverse, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { largestOf, leastOf } from "../../../foundation/numbers/extremes.ts";
import { definitionOf } from "../../config/ownDefaults.ts";
import type { OwnConfig } from "../../config/schema.ts";
import { type Examples, firstExamples } from "../examples.ts";
import { canBeFitted } from "../misfit/fitTargets.ts";
import {
  lossTargets,
  type Placed,
  type Shares,
  sideBySide,
  sizeOf,
  type TargetPart,
  targetParts,
} from "../parts.ts";
import type { ExampleSets } from "../subject.ts";
import { byOutput } from "./byOutput.ts";
import { andThen, type Soon } from "./later.ts";
import { modelShapes } from "./modelShapes.ts";
import type { WrittenLoss } from "./ownLoss.ts";
import { relatesClasses, relatesExamples } from "./relatesExamples.ts";
import { standIns } from "./standIns.ts";

/** Examples on which the loss is tried. */
const TRIED = 8;
/** A loss that mixes all outputs alike differs by rounding alone when they change places. */
const ROUNDING = 1e-4;

/**
 * Finds the outputs whose own losses take targets of another shape than the output's, and keeps their targets for the
 * losses as they are. An own loss that mixes all outputs of an example alike is not made for its shapes: it broadcasts,
 * and the misfit is a finding.
 */
export function inOwnShapes(config: OwnConfig, sets: ExampleSets): Soon<ExampleSets> {
  const { train, heldOut } = sets;
  const parts = targetParts(train);
  const losses = ownLosses(config, parts);
  if (losses.every((loss) => loss === null)) return sets;
  return andThen(modelShapes(config), ({ outputs, shares }) => {
    if (outputs.length !== parts.length) return sets;
    const shapes = parts.map((part, index) => {
      const shape = outputs[index]?.shape.filter((side) => side !== null) ?? [];
      const isKnown = shape.length === outputs[index]?.shape.length;
      const loss = losses[index] ?? null;
      if (!isKnown || loss === null) return null;
      const own = { shape, shares: shares[index] ?? [] };
      if (readsNoTargets(loss, train, part, shape)) return { ...own, arePlaceholders: true };
      if (String(shape) === String(part.shape) || !canBeFitted(train, shape)) return null;
      // The roots of distances between equal outputs are rounding, by which a loss seems to tell the outputs apart.
      const spaced = spacedTargets(train, part);
      if (relatesClasses(loss, spaced, shape)) return { ...own, areRelated: true };
      if (isForShapes(loss, train, part, shape)) return own;
      return relatesExamples(loss, spaced, shape) ? { ...own, areRelated: true } : null;
    });
    if (shapes.every((shape) => shape === null)) return sets;
    return { train: withStandIns(train, shapes), heldOut: heldOut && withStandIns(heldOut, shapes) };
  });
}

/** The project's own loss of each output; null where it has none, or its targets are classes. */
function ownLosses(config: OwnConfig, parts: readonly Placed<TargetPart>[]): (WrittenLoss | null)[] {
  const { loss, losses } = definitionOf(config);
  if (config.rework.ownLoss === false) return parts.map(() => null);
  const each = losses && byOutput(losses, parts, "loss");
  return parts.map(({ classification, index }) =>
    classification ? null : each ? (each[index]?.own ?? null) : loss,
  );
}

/**
 * Whether the targets are all the same and the loss does not read them, as with a triplet loss: `fit` wants targets, and
 * the program fills their place. Targets that differ and are not read are a fault of the loss.
 */
function readsNoTargets(
  loss: WrittenLoss,
  train: Examples,
  part: Placed<TargetPart>,
  outputs: readonly number[],
): boolean {
  const { values, shape } = lossTargets(train, part);
  const columns = sizeOf(shape);
  if (values.some((value, place) => value !== values[place % columns])) return false;
  const count = Math.min(TRIED, train.count);
  const waves = (size: number, pace: number) =>
    Float32Array.from({ length: count * size }, (_, place) => 0.5 + 0.4 * Math.sin(pace * place));
  try {
    return tidy(() => {
      const averageAt = (wanted: Float32Array, given: Float32Array) => {
        const value = loss(tensor(wanted, [count, ...shape]), tensor(given, [count, ...outputs]));
        return mean(value).dataSync()[0] as number;
      };
      const given = waves(sizeOf(outputs), 1.7);
      const plain = averageAt(values.slice(0, count * columns), given);
      const margin = ROUNDING * Math.max(Math.abs(plain), ROUNDING);
      const isOf = (other: number) => Math.abs(other - plain) > margin;
      const readsOutputs = isOf(averageAt(values.slice(0, count * columns), waves(sizeOf(outputs), 2.3)));
      return readsOutputs && !isOf(averageAt(waves(columns, 1.1), given));
    });
  } catch {
    // A loss that throws is reported where it trains.
    return false;
  }
}

/** Whether a loss is made for outputs of this shape, which is not that of the targets. */
function isForShapes(
  loss: WrittenLoss,
  train: Examples,
  part: Placed<TargetPart>,
  outputs: readonly number[],
): boolean {
  const { values, shape } = lossTargets(firstExamples(train, TRIED), part);
  const wanted = { values, shape: [Math.min(TRIED, train.count), ...shape] };
  return tellsApart(loss, wanted, outputs);
}

/** Parts of the golden ratio meet no period: classes may be sorted, or take turns. */
const GOLDEN = 0.618_033_988_75;

/** The targets of examples from all over the set. */
function spacedTargets(train: Examples, part: Placed<TargetPart>) {
  const { values, shape } = lossTargets(train, part);
  const [count, columns] = [Math.min(TRIED, train.count), sizeOf(shape)];
  const rows = Array.from({ length: count }, (_, at) => Math.floor(((at * GOLDEN) % 1) * train.count));
  const taken = rows.flatMap((row) => [...values.subarray(row * columns, (row + 1) * columns)]);
  return { values: Float32Array.from(taken), shape: [count, ...shape] };
}

/** Whether the loss gives another value when the outputs, or the targets, of each example change places. */
function tellsApart(
  loss: WrittenLoss,
  targets: { readonly values: Float32Array; readonly shape: readonly number[] },
  outputs: readonly number[],
): boolean {
  return (
    tellsApartAbout(loss, targets, outputs, { middle: 0.5, width: 0.4 }) ||
    tellsApartAbout(loss, targets, outputs, rangeOf(targets.values))
  );
}

/** The middle of all targets and half their range: beside targets of thousands, outputs below 1 are all alike to a loss. */
function rangeOf(values: Float32Array): Range {
  const [least, most] = [leastOf(values), largestOf(values)];
  return { middle: (least + most) / 2, width: (most - least) / 2 || 1 };
}

/** Where the outputs lie on which a loss is tried. */
interface Range {
  readonly middle: number;
  readonly width: number;
}

function tellsApartAbout(
  loss: WrittenLoss,
  targets: { readonly values: Float32Array; readonly shape: readonly number[] },
  outputs: readonly number[],
  { middle, width }: Range,
): boolean {
  const [count = 1] = targets.shape;
  const guesses = Float32Array.from(
    { length: count * sizeOf(outputs) },
    (_, place) => middle + width * Math.sin(1.7 * place),
  );
  try {
    return tidy(() => {
      const averageOf = (wanted: Tensor, given: Tensor) => mean(loss(wanted, given)).dataSync()[0] as number;
      const wanted = tensor(targets.values, [...targets.shape]);
      const given = tensor(guesses, [count, ...outputs]);
      const plain = averageOf(wanted, given);
      const turned = [averageOf(wanted, turnedRows(given)), averageOf(turnedRows(wanted), given)];
      return turned.some((value) => Math.abs(value - plain) > ROUNDING * Math.max(Math.abs(plain), ROUNDING));
    });
  } catch {
    return false;
  }
}

/** Reverses the numbers of each example. */
function turnedRows(table: Tensor): Tensor {
  const [count = 1] = table.shape;
  return reshape(reverse(reshape(table, [count, -1]), 1), table.shape);
}

/** The shape of an output that its own loss judges. */
interface OwnOutput {
  readonly shape: readonly number[];
  readonly arePlaceholders?: boolean;
  readonly areRelated?: boolean;
  readonly shares: readonly Shares[];
}

/** Keeps the targets for the losses. @param found each output with targets of its own shape; null for others */
function withStandIns(examples: Examples, found: readonly (OwnOutput | null)[]): Examples {
  const shapes = found.map((output) => output?.shape ?? null);
  const parts = targetParts(examples);
  const own = parts.map((part) => lossTargets(examples, part).values);
  const tables = parts.map((part, index) => {
    const shape = shapes[index];
    const values = own[index] as Float32Array;
    return shape ? standIns(values, examples.count, part.shape, shape) : values;
  });
  return {
    ...examples,
    outputs: parts.reduce((sum, { shape }, index) => sum + sizeOf(shapes[index] ?? shape), 0),
    targets: sideBySide(tables, examples.count),
    ownTargets: sideBySide(own, examples.count),
    targetParts: parts.map(({ index, offset: _offset, size: _size, ...part }) => {
      const shape = shapes[index];
      if (!shape) return part;
      const { arePlaceholders = false, areRelated = false, shares = [] } = found[index] ?? {};
      return {
        ...part,
        shape,
        ownShape: part.shape,
        ...(arePlaceholders && { arePlaceholders }),
        ...(areRelated && { areRelated }),
        ...(shares.length > 0 && { shares }),
      };
    }),
  };
}
