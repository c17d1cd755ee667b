import type { Examples } from "../../../learning/subject/examples.ts";
import type { Misfit } from "../../../learning/subject/misfit/misfit.ts";
import { sizeOf, targetParts } from "../../../learning/subject/parts.ts";
import { printShape } from "../../evidence/printShape.ts";
import type { Cause } from "../cause.ts";
import { fittingChanges } from "../cure/fittingShape.ts";

export const outputsDoNotFit: Cause<"outputs-do-not-fit"> = {
  name: "outputs-do-not-fit",
  claim: "the model has another number of outputs than there are targets",
  silent: true,
  examine({ subject: { train } }) {
    if (train.misfit === undefined) return null;
    return { rank: "outputs do not fit targets", evidence: describe(train, train.misfit) };
  },
  byHand: "give the output a unit for each of its targets, or its targets the shape of the output",
  cures: fittingChanges,
};

function describe(train: Examples, misfit: Misfit): string {
  const parts = targetParts(train);
  const part = parts[misfit.part ?? 0];
  const name = parts.length === 1 || !part ? "" : `${part.name}: `;
  return name + describePart(train, part?.shape ?? [], misfit);
}

function describePart(train: Examples, shape: readonly number[], { how, targets }: Misfit): string {
  const [size, given] = [sizeOf(shape), sizeOf(targets)];
  switch (how) {
    case "one-hot":
      return `each example has a one-hot row of ${given} targets, and the loss asks for its class number`;
    case "without classes":
      return beyondUnits(train, shape.at(-1) ?? 1, targets.at(-1) ?? 1);
    case "in order":
    case "cut":
      return `the model puts out ${numbers(shape)} for each example, and each has ${targetsOf(targets)}: no loss can compare them one by one`;
    default: {
      const positions = shape.length > 1 ? ", a row for each position," : ",";
      return `the model puts out ${numbers(shape)} for each example${positions} and each has ${targetsOf(targets)}: the loss compares every ${size > 1 && shape.length > 1 ? "position with the same targets" : "one with every other"}`;
    }
  }
}

function beyondUnits({ classNumbers = [] }: Examples, units: number, classes: number): string {
  const [first = 0] = classNumbers;
  const last = classNumbers.at(-1) ?? classes - 1;
  if (first < 0 || last >= classes)
    return `the class numbers go from ${first} to ${last}, and the model has ${units} units, which stand for the classes from 0 to ${units - 1}`;
  return `the class numbers go up to ${last}, which is ${last + 1} classes from 0, and the model has ${units} units: none stands for those from ${units} on${first === 1 ? "; numbers that begin at 1 want 1 taken off" : ""}`;
}

function numbers(shape: readonly number[]): string {
  return `${printShape(shape)} number${sizeOf(shape) === 1 && shape.length === 1 ? "" : "s"}`;
}

function targetsOf(shape: readonly number[]): string {
  return `${printShape(shape)} target${sizeOf(shape) === 1 && shape.length === 1 ? "" : "s"}`;
}
