import { InputError } from "../../../foundation/input/inputError.ts";
import type { TrainingInput } from "../../config/schema.ts";
import { subjectName } from "../../subject/compiled/compiledModel.ts";
import { type DefinedSubject, defineSubject } from "../../subject/defineSubject.ts";
import type { HeldVersions } from "../../subject/held.ts";
import { wordsOfFrozen } from "../words/frozenBehind.ts";
import { asHeld, type HeldTables } from "./asHeld.ts";
import { buildTranslated } from "./buildTranslated.ts";
import { fillGaps } from "./fillGaps.ts";
import { isVariational } from "./isVariational.ts";
import { markMeantGaps } from "./meantGaps.ts";
import { inRows, type ProgramArrays, split, withSides } from "./programArrays.ts";
import { hasClasses, lossOf, measureFor, wordsOfClasses } from "./programLoss.ts";
import { applyCallbacks } from "./recipe/applyCallbacks.ts";
import { withSummedSteps } from "./summedSteps.ts";
import type { TranslatedFit, TranslatedProgram } from "./translateProgram.ts";

/** How a program becomes a subject. */
export interface ProgramOptions {
  /** The subject's name. @defaultValue the model's name */
  readonly name?: string;
  /**
   * Where every run starts: from the captured weights, or from weights that the layers' initializers draw under the
   * run's seed.
   *
   * @defaultValue `captured` where weights were captured
   */
  readonly initialWeights?: "captured" | "drawn";
  /** Training examples of the program, where the arrays hold some of them alone. @defaultValue all */
  readonly examples?: number | undefined;
}

/**
 * Defines a subject from a translated program and its arrays, so that every command and matcher can judge it.
 *
 * @throws {InputError} if the arrays do not fit the model.
 */
export function defineProgram(
  program: TranslatedProgram,
  arrays: ProgramArrays,
  options: ProgramOptions = {},
): DefinedSubject {
  const { weights, lossWeights, optimizer, training } = program;
  const name = options.name ?? subjectName(program.name);
  const keepWeights = weights.length > 0 && options.initialWeights !== "drawn";
  const sided = withSummedSteps(withSides(arrays, program.losses), program.losses);
  const { losses, ...given } = markMeantGaps(split(sided, training.validationSplit), program.losses);
  const { sides: train, gaps } = fillGaps(given.train);
  const heldOut = gaps && given.heldOut ? fillGaps(given.heldOut).sides : given.heldOut;
  // Of rows with gaps alone nothing can be said; where training has them too, all are filled alike.
  const asked = (sided.asked ?? []).flatMap((one) => {
    const { sides, gaps: own } = fillGaps({ inputs: one.x, targets: one.y });
    const filled = { ...one, x: sides.inputs, y: sides.targets };
    if (own === null || gaps !== null) return [filled];
    // Answers that are compared with known targets were to be numbers.
    const missing = one.y.length > 0 ? fillGaps({ inputs: one.x, targets: [] }).gaps : null;
    return missing === null ? [] : [{ ...filled, missing }];
  });
  refuseOtherCount(train.targets.length, losses.length);
  const { batchSize, epochs, stepsPerEpoch, shuffle, classWeight } = training;
  const [loss] = losses;
  const measure = losses.length === 1 && loss ? measureFor(loss, program.metrics, train.targets[0]) : null;
  return defineSubject({
    name,
    buildModel: () => buildTranslated(keepWeights ? program : { ...program, weights: [] }),
    keepWeights,
    variational: isVariational(program.topology),
    examples: { train, ...(heldOut && { heldOut }) },
    ...(asked.length > 0 && { asked: asked.map((one) => inRows(one, train)) }),
    ...(gaps === null &&
      losses === program.losses &&
      arrays.held?.length && { held: versionsOf(program, arrays, arrays.held) }),
    classification: losses.map((one, output) => hasClasses(one, train.targets[output])),
    training: {
      batchSize: Math.min(batchSize, train.inputs[0]?.shape[0] ?? batchSize),
      ...(stepsPerEpoch === null ? { epochs } : { steps: epochs * stepsPerEpoch }),
      ...(shuffle !== true && { shuffle }),
      ...(program.repeatedRows && { repeatedRows: program.repeatedRows }),
      ...applyCallbacks(training, optimizer, train.inputs[0]?.shape[0] ?? 1),
    } as TrainingInput,
    ...(losses.length === 1 && loss && { loss: lossOf(loss, train.targets[0]) }),
    ...(losses.length > 1 && { loss: losses.map((one, output) => lossOf(one, train.targets[output])) }),
    ...(measure && { errorMeasure: measure }),
    ...(lossWeights !== null && { lossWeights }),
    ...(classWeight !== null && { classWeight }),
    ...(gaps !== null && { gaps }),
    ...(shuffle === "once" &&
      isOrderOf(arrays.order, train.inputs[0]?.shape[0] ?? 0) && { order: arrays.order }),
    programExamples: options.examples,
    ...(losses.length === 1 && { classesBecause: wordsOfClasses(program, asked) }),
    ...(training.frozenBehind && { movesBecause: wordsOfFrozen(training.frozenBehind) }),
    ...(training.idle && { optimizer: thatMovesNothing, idleBecause: IDLE_BECAUSE[training.idle] }),
  });
}

/** Whether an order names each of so many rows once. */
function isOrderOf(order: Int32Array | undefined, rows: number): order is Int32Array {
  if (order?.length !== rows) return false;
  return new Set(order.filter((row) => row >= 0 && row < rows)).size === rows;
}

/** The other versions of the examples that the script holds, read once each. */
function versionsOf(
  { losses, training: { validationSplit: share } }: TranslatedProgram,
  arrays: ProgramArrays,
  held: readonly HeldTables[],
): HeldVersions {
  const read = new Map<string, ReturnType<HeldVersions["examples"]>>();
  const splitUp = (some: ProgramArrays) => {
    const { heldOut } = split(some, share);
    return { heldOut: heldOut && { x: heldOut.inputs, y: heldOut.targets } };
  };
  return {
    facts: held.map(({ of, words, line, question, rescaled = false }) => ({
      of,
      words,
      line,
      question,
      rescaled,
    })),
    examples(numbers) {
      const key = numbers.join();
      const known = read.get(key);
      if (known) return known;
      const versions = numbers.flatMap((number) => held[number] ?? []);
      const given = withSummedSteps(withSides(asHeld(arrays, versions, splitUp), losses), losses);
      const { train, heldOut } = split(given, share);
      const asked = (given.asked ?? []).map((one) => inRows(one, train));
      const examples = { train, ...(heldOut && { heldOut }), asked };
      read.set(key, examples);
      return examples;
    },
  };
}

/** What steps come to that move no weight; its name stands in the words of a cure. */
function thatMovesNothing() {
  return { update() {} };
}

const IDLE_BECAUSE: Readonly<Record<NonNullable<TranslatedFit["idle"]>, string>> = {
  "in the graph":
    "the train_step of the script moves weights where it runs step by step, and none once TensorFlow has traced it: numbers of Python, such as a counter, are read once, when it is traced, and so is the branch that they choose; keep them in a tf.Variable, or accumulate by the optimizer's gradient_accumulation_steps",
  "never applied":
    "the loop computes gradients by a GradientTape and never applies them; call optimizer.apply_gradients(zip(gradients, model.trainable_variables)) behind them",
};

/** Each output of the model needs a table of targets. */
function refuseOtherCount(tables: number, outputs: number): void {
  if (tables === outputs) return;
  throw new InputError({
    code: "conflict",
    field: "y",
    message: `must be ${outputs === 1 ? "one table of targets, for the model's only output" : `a list of ${outputs} tables of targets, one for each output of the model in its order`}; correct what fit is given`,
    got: `${tables} table${tables === 1 ? "" : "s"}`,
  });
}
