import { printNumber } from "../../foundation/print/printNumber.ts";
import type { CureSearch } from "../../judging/diagnosis/cure/attempt.ts";
import { howItHolds } from "../../judging/diagnosis/cure/causeWords.ts";
import { afterSteps } from "../../judging/diagnosis/cure/cutRun.ts";
import type { Outcome } from "../../judging/trainAndDiagnose.ts";
import { findProjectFile } from "../../learning/config/findProjectFile.ts";
import { kindOf } from "../../learning/config/kinds/kinds.ts";
import type { Config } from "../../learning/config/schema.ts";
import type { Engine } from "../../learning/engine/startEngine.ts";
import type { TrainingRun } from "../../learning/training/train.ts";
import { createCapsule } from "../capsule/capsule.ts";
import { keepFailure, replayLine } from "../capsule/keepFailure.ts";

/** A claim about a subject that does not hold. */
export interface Failure {
  readonly name: string;
  readonly seed: number;
  /** Such as `to learn`. */
  readonly wanted: string;
  /** Such as `collapsed`. */
  readonly got: string;
  readonly outcome: Outcome;
  /** The changes that were tried as cures; null if none were tried. */
  readonly cures: CureSearch | null;
  /** Null for a subject that a program made itself: no change can be tried on it, and no capsule kept. */
  readonly config: Config | null;
  readonly engine: Engine;
}

/**
 * Explains a failed claim on one screen. The text compares the measurement with what a constant can reach, names the
 * likeliest cause and a change that cures it, and ends with one line that replays the run from a capsule. This function
 * writes the capsule.
 */
export async function explainFailure(failure: Failure): Promise<string> {
  const { name, seed, wanted, got, outcome, cures } = failure;
  const [likeliest] = cures?.causes ?? outcome.findings;
  return [
    `expected ${name}, seed ${seed}, ${wanted}; got ${got}`,
    ...describeLosses(outcome.run),
    ...(likeliest ? [`  cause    ${likeliest.cause}: ${likeliest.evidence}`] : []),
    ...(likeliest && cures ? [`  cure     ${describeCure(cures)}`] : []),
    `  replay   ${await describeReplay(failure)}`,
  ].join("\n");
}

function describeLosses({ train, steps }: TrainingRun): string[] {
  if (train.outputs.length > 1) {
    const outputs = train.outputs.map(
      ({ name, lossOverVariance, varianceRatio }) =>
        `  ${name}   error / Var(Y) ${printNumber(lossOverVariance)}, Var(Ŷ) / Var(Y) ${printNumber(varianceRatio)}`,
    );
    return [
      `  loss     ${printNumber(train.loss)}, the sum over the outputs, after ${steps} steps`,
      ...outputs,
    ];
  }
  return [
    `  loss     ${printNumber(train.meanSquaredError)} mean squared error on ${train.examples} examples after ${steps} steps`,
    `  Var(Y)   ${printNumber(train.targetVariance)}, the lowest that a constant can reach`,
    `  ratio    error / Var(Y) ${printNumber(train.lossOverVariance)}, Var(Ŷ) / Var(Y) ${printNumber(train.varianceRatio)}`,
  ];
}

function describeCure({ cure, attempts }: CureSearch): string {
  if (cure) return `${cure.change}: tried, and ${howItHolds(cure)}${afterSteps(cure.cut)}`;
  return attempts.length > 0
    ? `none of ${attempts.length} changes that were tried makes every law hold`
    : "no change to the config is known to help";
}

/** Describes how to repeat the run. A subject that only a spec defines can be repeated only in that spec. */
async function describeReplay({ config, engine, outcome }: Failure): Promise<string> {
  if (config === null) return "run the same code with the same seed: the program made this subject itself";
  const { run, verdict, findings } = outcome;
  const expected = { verdict, cause: findings[0]?.cause ?? null, digest: run.digest };
  const path = await keepFailure(createCapsule(config, engine.name, expected));
  return kindOf(config).runsCode && findProjectFile() === null
    ? `await expect(${JSON.stringify(path)}).toReplay(), where the subject is defined`
    : replayLine(path);
}
