import { printNumber } from "../foundation/print/printNumber.ts";
import type { TrainingRun } from "../learning/training/train.ts";
import type { PreparedLearner } from "./learner.ts";

/**
 * Why a matcher failed, on one screen: what was expected, what was measured beside what a constant can reach, the
 * seed, the likeliest cause, and how to make the run again.
 */
export async function explain(learner: PreparedLearner, expected: string, got: string): Promise<string> {
  const run = await learner.run();
  const [likeliest] = await learner.findings();
  return [
    `expected ${learner.subject.name}, seed ${learner.subject.seed}, ${expected}; got ${got}`,
    ...describeLosses(run),
    ...(likeliest ? [`  cause    ${likeliest.cause}: ${likeliest.evidence}`] : []),
    ...describeReplay(learner),
  ].join("\n");
}

function describeLosses({ train, steps }: TrainingRun): string[] {
  return [
    `  loss     ${printNumber(train.meanSquaredError)} mean squared error on ${train.examples} examples after ${steps} steps`,
    `  Var(Y)   ${printNumber(train.targetVariance)}, the least that a constant can reach`,
    `  ratio    loss / Var(Y) ${printNumber(train.lossOverVariance)}, Var(Ŷ) / Var(Y) ${printNumber(train.varianceRatio)}`,
  ];
}

function describeReplay({ config }: PreparedLearner): string[] {
  if (config === null) return [];
  return [
    "  replay   save the next line as config.json and run: npx learnproof train config.json",
    `  ${JSON.stringify(config)}`,
  ];
}
