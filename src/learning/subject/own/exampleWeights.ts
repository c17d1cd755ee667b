// Reads how much each example counts in the training loss: by itself (`sampleWeight`) and by its class (`classWeight`).

import { InputError } from "../../../foundation/input/inputError.ts";
import { flattenNumbers, type Numbers } from "../nestedNumbers.ts";
import { classesOf, type Placed, type TargetPart } from "../parts.ts";
import { type ByOutput, byOutput } from "./byOutput.ts";

/** A factor for the examples of each class, by the class's number; every class that occurs must be there. */
export type ClassWeight = { readonly [classNumber: number]: number };

/** Class weights: of the only output, or for several outputs a list in the model's order or an object by name. */
export type WrittenClassWeight = ClassWeight | ByOutput<ClassWeight>;

/** Reads one weight for each example; null if none are given. */
export function readSampleWeights(written: unknown, count: number, field: string): Float32Array | null {
  if (written === undefined) return null;
  const { values } = flattenNumbers(written as Numbers, field);
  if (values.length !== count)
    throw new InputError({
      code: "conflict",
      field,
      message: `must be one number for each example, ${count}; correct it`,
      got: values.length,
    });
  const bad = values.findIndex((value) => value < 0);
  if (bad >= 0)
    throw new InputError({
      code: "out-of-range",
      field,
      message: `must be 0 or more for each example, and is less for example ${bad} (from 0); correct it`,
      got: values[bad],
    });
  return values;
}

/** The targets of the examples that are weighted. */
interface Weighted {
  readonly count: number;
  /** The targets of each output, classes one-hot. */
  readonly targets: readonly Float32Array[];
  readonly parts: readonly Placed<TargetPart>[];
}

/**
 * Combines the weights of examples and classes: their product, for each output.
 *
 * @returns `[count, outputs of the model]`; undefined if every example counts alike.
 */
export function combineWeights(
  { count, targets, parts }: Weighted,
  sampleWeights: Float32Array | null,
  classWeight: WrittenClassWeight | null,
): Float32Array | undefined {
  const ofClasses = classWeight === null ? null : readClassWeights(classWeight, parts);
  if (sampleWeights === null && ofClasses === null) return undefined;
  const weights = new Float32Array(count * parts.length);
  parts.forEach((part, output) => {
    const factors = ofClasses?.[output] ?? null;
    const size = part.size;
    for (let row = 0; row < count; row++) {
      const target = (targets[output] as Float32Array).subarray(row * size, (row + 1) * size);
      const factor = factors === null ? 1 : factorOf(factors, target, part);
      weights[row * parts.length + output] = factor * (sampleWeights?.[row] ?? 1);
    }
  });
  return weights;
}

/** Gives each output its class weights; null to those that have none. */
function readClassWeights(
  written: WrittenClassWeight,
  parts: readonly Placed<TargetPart>[],
): (ClassWeight | null)[] {
  const isOfOnly = parts.length === 1 && !Array.isArray(written) && Object.keys(written).every(isClassNumber);
  const each = isOfOnly
    ? [written as ClassWeight]
    : byOutput(written as ByOutput<ClassWeight>, parts, "classWeight");
  return each.map((weights, index) => {
    if (weights === null) return null;
    checkClassWeight(weights, parts[index] as Placed<TargetPart>, parts.length === 1);
    return weights;
  });
}

/** Whether a key of an object is the number of a class. */
export function isClassNumber(key: string): boolean {
  return /^\d+$/.test(key);
}

function checkClassWeight(weights: ClassWeight, part: Placed<TargetPart>, isOnly: boolean): void {
  const field = isOnly ? "classWeight" : `classWeight.${part.name}`;
  if (!part.classification || part.size !== classesOf(part))
    throw new InputError({
      code: "conflict",
      field,
      message: part.classification
        ? "must be left out for an output that has several classes for an example, one at each position or labels that hold together; weigh them in a loss of your own"
        : "must be left out for an output that is not classes; set classification, or weigh single examples by sampleWeight",
      got: weights,
    });
  if (typeof weights !== "object" || weights === null)
    throw new InputError({
      code: "invalid-value",
      field,
      message: "must be an object with a number for each class, such as { 0: 1, 1: 5 }; correct it",
      got: weights,
    });
  const classes = Math.max(2, part.size);
  for (const [key, weight] of Object.entries(weights)) {
    if (!isClassNumber(key) || Number(key) >= classes)
      throw new InputError({
        code: "unknown-key",
        field: `${field}.${key}`,
        message: `is no class of this output, whose classes are 0 to ${classes - 1}; correct it`,
        got: key,
      });
    if (typeof weight !== "number" || !Number.isFinite(weight) || weight < 0)
      throw new InputError({
        code: "out-of-range",
        field: `${field}.${key}`,
        message: "must be a number of 0 or more; correct it",
        got: weight,
      });
  }
}

function factorOf(weights: ClassWeight, target: Float32Array, part: Placed<TargetPart>): number {
  const number = part.size === 1 ? Math.round(target[0] as number) : target.indexOf(1);
  const factor = weights[number];
  if (factor !== undefined) return factor;
  throw new InputError({
    code: "conflict",
    field: "classWeight",
    message: `must hold every class that occurs, and has no weight of class ${number}; add it`,
    got: weights,
  });
}
