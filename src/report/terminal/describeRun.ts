import { counted } from "../../foundation/print/counted.ts";
import { createPalette } from "../../foundation/print/palette.ts";
import { printNumber } from "../../foundation/print/printNumber.ts";
import { isStillFarOff } from "../../judging/outcome/isStillFarOff.ts";
import type { CheckVerdict } from "../../judging/outcome/openEnd.ts";
import { wasJudgedByItsLoss } from "../../learning/measure/lossMeasure.ts";
import type { Evaluation, OutputEvaluation } from "../../learning/training/evaluation.ts";
import type { TrainingRun } from "../../learning/training/train.ts";
import { describeAccuracy, describeMeasured } from "../describeMeasure.ts";
import { littleTold } from "../littleTold.ts";

const MEANING: Record<CheckVerdict, string> = {
  learns: "its loss is far below what any constant can reach",
  collapsed: "it predicts a constant, whatever the input",
  diverged: "its loss or weights ran away",
  stalled: "its predictions vary, but its loss is not far below that of a constant",
  unfinished: "its run was ended early, before it was known what it learns",
};

/** What an error far above that of a constant means where it was there before training. */
const FELL_TOO_LITTLE =
  "its loss fell, or stayed, and is still over ten times that of a constant; it began farther off than that";

/** A verdict in one line, in words that suit its run where there is a single one. */
export function describeVerdict(
  verdict: CheckVerdict,
  run?: Pick<TrainingRun, "finite" | "trace" | "train">,
): string {
  return `${verdict}: ${(run && meaningFor(verdict, run)) ?? MEANING[verdict]}`;
}

function meaningFor(
  verdict: CheckVerdict,
  run: Pick<TrainingRun, "finite" | "trace" | "train">,
): string | null {
  if (verdict === "diverged") return isStillFarOff(run) ? FELL_TOO_LITTLE : null;
  const little = verdict === "learns" ? littleTold(run) : null;
  return little && `${little}, and its data are not known to allow less`;
}

/** A run as a few lines for a terminal. */
export function describeRun(run: TrainingRun, verdict: CheckVerdict): string {
  const { train, heldOut, steps, digest } = run;
  const rows = [
    ["loss", `${printNumber(train.loss)} after ${counted(steps, "step")}`],
    ...(train.outputs.length === 1 ? describeSingle(train) : train.outputs.map(describeOutput)),
    describeHeldOut(heldOut),
    ["digest", digest],
  ] as const satisfies Row[];
  const width = Math.max(16, ...rows.map(([name]) => name.length));
  return [
    createPalette().bold(describeVerdict(verdict, run)),
    ...rows.map(([name, value]) => `  ${name.padEnd(width)} ${value}`),
  ].join("\n");
}

type Row = readonly [name: string, value: string];

function describeHeldOut(heldOut: Evaluation | null): Row {
  const [{ measured = null } = {}] = heldOut?.outputs ?? [];
  if (heldOut && measured && heldOut.outputs.every(wasJudgedByItsLoss))
    return ["held-out", `${measured.name} ${describeMeasured(measured)}`];
  return ["held-out R²", heldOut ? printNumber(heldOut.r2) : "no held-out examples"];
}

/** An image has thousands of numbers; so many are printed. */
const MOST_PRINTED = 8;

function describeSingle(train: Evaluation): Row[] {
  const { targetVariance, lossOverVariance, varianceRatio, varianceRatios, classes } = train;
  const [{ measured = null } = {}] = train.outputs;
  // Outputs that are no predictions of their targets have no ratio to them.
  if (measured && train.outputs.every(wasJudgedByItsLoss))
    return [[measured.name, describeMeasured(measured)]];
  const printed = varianceRatios.slice(0, MOST_PRINTED).map(printNumber).join(", ");
  const more =
    varianceRatios.length > MOST_PRINTED ? ` and ${varianceRatios.length - MOST_PRINTED} more` : "";
  return [
    ...(measured ? [[measured.name, describeMeasured(measured)] as const] : []),
    ...(classes ? [["accuracy", describeAccuracy(classes)] as const] : []),
    ["Var(Y)", `${printNumber(targetVariance)}, the lowest mean squared error that a constant can reach`],
    ["error / Var(Y)", printNumber(lossOverVariance)],
    ["Var(Ŷ) / Var(Y)", `${printNumber(varianceRatio)} (per output ${printed}${more})`],
  ];
}

/** Each output is judged in units of its own variance. */
function describeOutput(output: OutputEvaluation): Row {
  const { name, lossOverVariance, varianceRatio, errorOverPrior, targetVariance, classes, measured } = output;
  const wrong =
    errorOverPrior === null
      ? ""
      : `, wrong classes / those of the commonest class ${printNumber(errorOverPrior)}`;
  const right = classes ? `, accuracy ${describeAccuracy(classes)}` : "";
  const own = measured ? `${measured.name} ${describeMeasured(measured)}; ` : "";
  if (measured && wasJudgedByItsLoss(output))
    return [`output ${name.replace(/^output /, "")}`, `${measured.name} ${describeMeasured(measured)}`];
  return [
    `output ${name.replace(/^output /, "")}`,
    `${own}error / Var(Y) ${printNumber(lossOverVariance)}, Var(Ŷ) / Var(Y) ${printNumber(varianceRatio)}, Var(Y) ${printNumber(targetVariance)}${wrong}${right}`,
  ];
}
