// Puts the tables of all inputs and outputs into rows.

import type { Examples } from "../examples.ts";
import type { NumberTable } from "../nestedNumbers.ts";
import { type Part, sideBySide, sizeOf, type TargetPart } from "../parts.ts";

/** A table that belongs to an input or output of the model. */
export interface PartTable extends NumberTable {
  readonly name: string;
}

/** A table of targets. */
export interface TargetTable extends PartTable {
  readonly classification: boolean;
  /** See {@link TargetPart}. */
  readonly severalLabels?: boolean | undefined;
  /** Whether the loss asks for class numbers in their place. @defaultValue false */
  readonly areMisread?: boolean | undefined;
  /** See {@link Examples}. */
  readonly classNumbers?: readonly number[] | undefined;
}

/** Makes examples of one table for each input and each output, in the model's order. */
export function assemble(
  count: number,
  inputs: readonly PartTable[],
  targets: readonly TargetTable[],
): Examples {
  const givenParts = inputs.map(({ name, shape }): Part => ({ name, shape: shape.slice(1) }));
  const wantedParts = targets.map(({ name, shape, classification, severalLabels }): TargetPart => {
    return { name, shape: shape.slice(1), classification, ...(severalLabels && { severalLabels }) };
  });
  const numbers = (parts: readonly Part[]) => parts.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const rows = (tables: readonly NumberTable[]) =>
    sideBySide(
      tables.map(({ values }) => values),
      count,
    );
  const [onlyInput] = givenParts;
  const [onlyTarget, ...otherTargets] = targets;
  const { classNumbers, areMisread } = otherTargets.length === 0 && onlyTarget ? onlyTarget : {};
  return {
    count,
    inputShape: givenParts.length === 1 && onlyInput ? onlyInput.shape : [numbers(givenParts)],
    outputs: numbers(wantedParts),
    inputs: rows(inputs),
    targets: rows(targets),
    classification: wantedParts.every(({ classification }) => classification),
    ...(givenParts.length > 1 && { inputParts: givenParts }),
    ...(!isPlain(wantedParts) && { targetParts: wantedParts }),
    ...(classNumbers && { classNumbers }),
    ...(areMisread && { misfit: { how: "one-hot", targets: onlyTarget?.shape.slice(1) ?? [] } }),
  };
}

/** Whether the shape of a row says all: a single output, without a name, of a list of numbers. */
function isPlain(parts: readonly TargetPart[]): boolean {
  const [only] = parts;
  return parts.length === 1 && only?.name === "output 0" && only.shape.length === 1 && !only.severalLabels;
}

/** Returns the shape that the model has there if the numbers fill it; otherwise plain rows, which the model will refuse. */
export function filledShape(
  { shape: [count = 1], values }: NumberTable,
  shape: readonly (number | null)[],
): number[] {
  const size = values.length / count;
  const open = shape.filter((side) => side === null).length;
  const known = shape.reduce<number>((product, side) => product * (side ?? 1), 1);
  const rest = size / known;
  const isFilled = open === 0 ? rest === 1 : open === 1 && Number.isInteger(rest);
  return [count, ...(isFilled ? shape.map((side) => side ?? rest) : [size])];
}
