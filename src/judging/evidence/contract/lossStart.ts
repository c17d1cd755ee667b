import { lossOfOutput } from "../../../learning/loss/criterion.ts";
import { columnsOf, type Placed, type TargetPart, targetParts } from "../../../learning/subject/parts.ts";
import { sampleExamples } from "../../../learning/subject/sample.ts";
import { evaluate } from "../../../learning/training/evaluation.ts";
import { mostAtOnce } from "../../../learning/training/mostAtOnce.ts";
import type { FreshModel } from "./freshModel.ts";

const EXAMPLES = 64;

/** How an output's loss before training compares with that of outputs that are about 0. */
export interface LossStart {
  /** `price: ` of a model with several outputs; empty for a single one. */
  readonly prefix: string;
  /** The loss before training. */
  readonly loss: number;
  /** The loss that its form gives where every output is 0: ln k for k classes, the mean square of the targets for mse. */
  readonly expected: number;
  /** What `expected` is, in words. */
  readonly form: string;
}

/**
 * Compares each output's loss before training with that of its form, and returns the one with the largest ratio.
 *
 * @returns null if no output has a loss whose start is known.
 */
export async function measureLossStart({ model, criterion, subject }: FreshModel): Promise<LossStart | null> {
  const { train, seed, loss } = subject;
  const seen = sampleExamples(train, seed, mostAtOnce(model, EXAMPLES, train));
  const { outputs } = await evaluate(model, seen, criterion);
  const parts = targetParts(seen);
  const starts = outputs.flatMap((output, index) => {
    const part = parts[index] as Placed<TargetPart>;
    const chosen = lossOfOutput(loss, index);
    if (typeof chosen === "function") return [];
    const targets = columnsOf(seen.targets, seen.outputs, part);
    const known = expectedStart(chosen.name, part, targets);
    if (known === null || !(known.expected > 0)) return [];
    return [{ ...known, loss: output.loss, prefix: parts.length === 1 ? "" : `${part.name}: ` }];
  });
  const ratio = ({ loss: value, expected }: LossStart) => (Number.isNaN(value) ? 0 : value / expected);
  return starts.sort((a, b) => ratio(b) - ratio(a))[0] ?? null;
}

function expectedStart(
  name: string,
  { shape }: TargetPart,
  targets: Float32Array,
): Pick<LossStart, "expected" | "form"> | null {
  const classes = shape.at(-1) ?? 1;
  const mean = (of: (target: number) => number) =>
    targets.reduce((sum, target) => sum + of(target), 0) / targets.length;
  switch (name) {
    case "categoricalCrossentropy":
      return classes < 2 ? null : { expected: Math.log(classes), form: `ln ${classes}` };
    case "binaryCrossentropy":
      return { expected: Math.log(2), form: "ln 2" };
    case "mse":
      return { expected: mean((target) => target ** 2), form: "the mean square of the targets" };
    case "mae":
      return { expected: mean(Math.abs), form: "the mean size of the targets" };
    default:
      return null;
  }
}
