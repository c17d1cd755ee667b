// A subject may say that something which usually is a fault is meant: a linear model, a frozen layer, a forecast that is
// the last value. Such causes are not named, and a law that asks for nothing else is not measured.

import { InputError } from "../foundation/input/inputError.ts";
import type { Subject } from "../learning/subject/subject.ts";
import { type CauseName, causes } from "./diagnosis/causes.ts";

/** The laws that are broken by one cause alone. */
const LAWS: Partial<Record<CauseName, readonly string[]>> = {
  "missing-nonlinearity": ["isNonlinear"],
  "frozen-layer": ["everyLayerMoves"],
  "train-held-out-leakage": ["heldOutIsNew"],
  "target-in-input": ["targetsAreNotInputs"],
  "predicts-the-last-value": ["beatsPersistence"],
  "wrong-loss": ["lossFits"],
  "swapped-axes": ["axesAreTrue"],
  overfitting: ["generalises"],
  "unseeded-randomness": ["learnsTheSameTwice"],
  "untrained-weights": ["everyWeightIsTrained"],
  "frozen-layer-moves": ["frozenStays"],
  "unused-input": ["usesItsInputs"],
  "blind-network": ["usesItsInputs"],
  "initial-weights-too-large": ["lossStartsRight"],
  "loss-over-the-batch": ["batchesAddUp"],
  "examples-see-each-other": ["examplesAreApart"],
  "noise-in-evaluation": ["evaluationRepeats"],
  "state-outside-the-weights": ["resumes"],
};

/**
 * Returns the causes that a subject declares as meant.
 *
 * @throws {InputError} for a name that is no cause.
 */
export function meantCauses({ meant = [] }: Pick<Subject, "meant">): ReadonlySet<string> {
  const known: readonly string[] = causes.map(({ name }) => name);
  const unknown = meant.find((name) => !known.includes(name));
  if (unknown === undefined) return new Set(meant);
  throw new InputError({
    code: "invalid-value",
    field: "meant",
    message: `must hold names of causes: ${known.join(", ")}; correct it`,
    got: unknown,
  });
}

/** Returns the names of the laws that are not asked of a subject, because it declares what would break them as meant. */
export function lawsNotAsked(subject: Pick<Subject, "meant">): ReadonlySet<string> {
  return new Set([...meantCauses(subject)].flatMap((name) => LAWS[name as CauseName] ?? []));
}
