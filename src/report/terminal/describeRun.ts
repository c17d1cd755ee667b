import { createPalette } from "../../foundation/print/palette.ts";
import { printNumber } from "../../foundation/print/printNumber.ts";
import type { Verdict } from "../../judging/outcome/verdict.ts";
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
    [
      "Var(Y)",
      `${printNumber(train.targetVariance)}, the lowest mean squared error that a constant can reach`,
    ],
    ["error / Var(Y)", printNumber(train.lossOverVariance)],
    [
      "Var(Ŷ) / Var(Y)",
      `${printNumber(train.varianceRatio)} (per output ${train.varianceRatios.map(printNumber).join(", ")})`,
    ],
    ["held-out R²", heldOut ? printNumber(heldOut.r2) : "no held-out examples"],
    ["digest", digest],
  ] as const;
  return [
    createPalette().bold(describeVerdict(verdict)),
    ...rows.map(([name, value]) => `  ${name.padEnd(16)} ${value}`),
  ].join("\n");
}
