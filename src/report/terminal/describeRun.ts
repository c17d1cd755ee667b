import { createPalette } from "../../foundation/print/palette.ts";
import { printNumber } from "../../foundation/print/printNumber.ts";
import type { Verdict } from "../../judging/outcome/verdict.ts";
import type { Evaluation, OutputEvaluation } from "../../learning/training/evaluation.ts";
import type { TrainingRun } from "../../learning/training/train.ts";

const MEANING: Record<Verdict, string> = {
  learns: "its loss is far below what any constant can reach",
  collapsed: "it predicts a constant, whatever the input",
  diverged: "its loss or weights ran away",
  stalled: "its predictions vary, but its loss is not far below that of a constant",
};

/** A verdict in one line. */
export function describeVerdict(verdict: Verdict): string {
  return `${verdict}: ${MEANING[verdict]}`;
}

/** A run as a few lines for a terminal. */
export function describeRun({ train, heldOut, steps, digest }: TrainingRun, verdict: Verdict): string {
  const rows = [
    ["loss", `${printNumber(train.loss)} after ${steps} steps`],
    ...(train.outputs.length === 1 ? describeSingle(train) : train.outputs.map(describeOutput)),
    ["held-out R²", heldOut ? printNumber(heldOut.r2) : "no held-out examples"],
    ["digest", digest],
  ] as const satisfies Row[];
  const width = Math.max(16, ...rows.map(([name]) => name.length));
  return [
    createPalette().bold(describeVerdict(verdict)),
    ...rows.map(([name, value]) => `  ${name.padEnd(width)} ${value}`),
  ].join("\n");
}

type Row = readonly [name: string, value: string];

/** An image has thousands of numbers; so many are printed. */
const MOST_PRINTED = 8;

function describeSingle({
  targetVariance,
  lossOverVariance,
  varianceRatio,
  varianceRatios,
}: Evaluation): Row[] {
  const printed = varianceRatios.slice(0, MOST_PRINTED).map(printNumber).join(", ");
  const more =
    varianceRatios.length > MOST_PRINTED ? ` and ${varianceRatios.length - MOST_PRINTED} more` : "";
  return [
    ["Var(Y)", `${printNumber(targetVariance)}, the lowest mean squared error that a constant can reach`],
    ["error / Var(Y)", printNumber(lossOverVariance)],
    ["Var(Ŷ) / Var(Y)", `${printNumber(varianceRatio)} (per output ${printed}${more})`],
  ];
}

/** Each output is judged in units of its own variance. */
function describeOutput(output: OutputEvaluation): Row {
  const { name, lossOverVariance, varianceRatio, errorOverPrior, targetVariance } = output;
  const classes =
    errorOverPrior === null
      ? ""
      : `, wrong classes / those of the commonest class ${printNumber(errorOverPrior)}`;
  return [
    `output ${name.replace(/^output /, "")}`,
    `error / Var(Y) ${printNumber(lossOverVariance)}, Var(Ŷ) / Var(Y) ${printNumber(varianceRatio)}, Var(Y) ${printNumber(targetVariance)}${classes}`,
  ];
}
