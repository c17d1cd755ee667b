// Gives targets the shape of a model's output where they have another one, so that the model can be trained and judged.

import type { Examples } from "../examples.ts";
import { MOST_TARGETS } from "../mostTargets.ts";
import { sideBySide, sizeOf, targetParts, withOutput } from "../parts.ts";
import { cutTo, repeatAt, withoutAxes } from "./arrays.ts";
import type { Fits, Fitting } from "./misfit.ts";

/** Whether targets fitted to an output of this shape can be held in memory. */
export function canBeFitted({ count }: Pick<Examples, "count">, shape: readonly number[]): boolean {
  return count * sizeOf(shape) <= MOST_TARGETS;
}

/**
 * Gives the targets the shape of a model's output, as the broadcasting of a loss does where it broadcasts: a single
 * target is repeated, targets are repeated at each position, and several targets of one output are averaged, which has
 * the same gradient. Elsewhere no loss can compare the two, and what both have is kept. An axis of 1 at the end makes no
 * difference.
 *
 * @param wanted the number of outputs, the shape of the output, or the shapes of several outputs; undefined leaves the
 * targets as they are.
 */
export function fitTargets(examples: Examples, wanted: Fits | undefined): Examples {
  const [part, ...others] = targetParts(examples);
  if (areSeveral(wanted)) return fitEach(examples, wanted);
  if (wanted === undefined || !part || others.length > 0) return examples;
  const shape = typeof wanted === "number" ? [wanted] : wanted;
  if (String(shape) === String(part.shape)) return examples;
  const how = isOneLongerByOne(shape, part.shape) ? null : howToFit(part.shape, shape, examples);
  const isWritten = examples.targetParts !== undefined || shape.length > 1;
  const classification = part.classification && keepsClasses(how, part.shape, shape);
  return {
    ...examples,
    outputs: sizeOf(shape),
    targets: fitted(examples, part.shape, shape, how),
    ...(examples.classification && { classification }),
    ...(how && { misfit: { how, targets: part.shape } }),
    ...(isWritten && { targetParts: [{ ...part, shape, classification }] }),
  };
}

function areSeveral(wanted: Fits | undefined): wanted is readonly (readonly number[])[] {
  return Array.isArray(wanted) && Array.isArray(wanted[0]);
}

/** Fits the targets of each output by themselves. */
function fitEach(examples: Examples, shapes: readonly (readonly number[])[]): Examples {
  const parts = targetParts(examples);
  if (parts.length !== shapes.length) return examples;
  const fitted = parts.map((part, index) => {
    const { misfit: _misfit, ...own } = withOutput(examples, part);
    return fitTargets({ ...own, classification: part.classification }, shapes[index]);
  });
  const first = fitted.findIndex(({ misfit }) => misfit !== undefined);
  const misfit = fitted[first]?.misfit;
  return {
    ...examples,
    outputs: fitted.reduce((sum, { outputs }) => sum + outputs, 0),
    targets: sideBySide(
      fitted.map(({ targets }) => targets),
      examples.count,
    ),
    targetParts: fitted.flatMap((own) =>
      targetParts(own).map(({ index: _index, offset: _offset, size: _size, ...part }) => part),
    ),
    ...(misfit && { misfit: { ...misfit, part: first } }),
  };
}

/** Whether two shapes differ by an axis of 1 at the end alone. */
export function isOneLongerByOne(one: readonly number[], other: readonly number[]): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return long.length === short.length + 1 && String([...short, 1]) === String(long);
}

function howToFit(
  targets: readonly number[],
  outputs: readonly number[],
  { classification = false }: Examples,
): Fitting {
  const [units, classes] = [outputs.at(-1) ?? 1, targets.at(-1) ?? 1];
  const haveSamePositions = String(outputs.slice(0, -1)) === String(targets.slice(0, -1));
  if (classification && haveSamePositions && classes > units && units > 1) return "without classes";
  if (sizeOf(targets) === sizeOf(outputs)) return "in order";
  if (outputs.length > 1 && targets.length === 1 && (classes === 1 || classes === units))
    return "at each position";
  if (sizeOf(targets) === 1) return "repeated";
  if (sizeOf(outputs) === 1 || endsWith(targets, outputs)) return "averaged";
  return "cut";
}

/** Whether the last axes of a shape are another shape. */
function endsWith(shape: readonly number[], end: readonly number[]): boolean {
  return shape.length > end.length && String(shape.slice(-end.length)) === String(end);
}

function fitted(
  { targets, count }: Examples,
  given: readonly number[],
  shape: readonly number[],
  how: Fitting | null,
): Float32Array {
  switch (how) {
    case "repeated":
    case "at each position":
      return repeatAt(targets, count, sizeOf(shape));
    case "averaged":
      return withoutAxes(targets, count, sizeOf(shape));
    case "without classes":
    case "cut":
      return cutTo(targets, count, given, shape);
    default:
      return targets;
  }
}

/** Whether each place still has a single class, or none, along its last axis. */
function keepsClasses(how: Fitting | null, given: readonly number[], shape: readonly number[]): boolean {
  const [before, after] = [given.at(-1) ?? 1, shape.at(-1) ?? 1];
  if (how === "in order" || how === null) return before === after || (before === 1 && after === 1);
  return how !== "cut" || (given.length === shape.length && before <= after);
}
