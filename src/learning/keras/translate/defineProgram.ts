import { InputError } from "../../../foundation/input/inputError.ts";
import type { MeasureName } from "../../config/measureNames.ts";
import type { LossConfig, TrainingInput } from "../../config/schema.ts";
import { measureOfMetrics } from "../../measure/measureOfMetrics.ts";
import type { AskedTables } from "../../subject/asked/question.ts";
import { holdsClasses, subjectName } from "../../subject/compiled/compiledModel.ts";
import { rowsOf } from "../../subject/compiled/tables.ts";
import { type DefinedSubject, defineSubject } from "../../subject/defineSubject.ts";
import type { HeldVersions } from "../../subject/held.ts";
import type { NumberTable } from "../../subject/nestedNumbers.ts";
import { areWholeNumbers } from "../../subject/own/classNumbers.ts";
import { areBinary, areOneHot } from "../../subject/own/labels.ts";
import type { OutputLossInput } from "../../subject/subjectDefinition.ts";
import { asHeld, type HeldTables } from "./asHeld.ts";
import { buildTranslated } from "./buildTranslated.ts";
import { fillGaps } from "./fillGaps.ts";
import { isVariational } from "./isVariational.ts";
import { applyCallbacks } from "./recipe/applyCallbacks.ts";
import type { TranslatedLoss } from "./recipe/translateLoss.ts";
import type { TranslatedProgram } from "./translateProgram.ts";

/** The arrays of a captured program. Each has a row for each example. */
export interface ProgramArrays {
  /** One table for each input of the model. */
  readonly x: readonly NumberTable[];
  /** One table for each output; class numbers for a sparse crossentropy. */
  readonly y: readonly NumberTable[];
  /** How much each example counts in the training loss, `[examples]` or `[examples, 1]`. @defaultValue 1 for each */
  readonly sampleWeights?: readonly NumberTable[];
  /** Held-out examples. @defaultValue the share of the examples that `validation_split` names */
  readonly heldOut?: { readonly x: readonly NumberTable[]; readonly y: readonly NumberTable[] } | null;
  /** What the script asks of its model once it is trained. @defaultValue nothing */
  readonly asked?: readonly AskedTables[];
  /** Other versions of its examples that the script holds. @defaultValue none */
  readonly held?: readonly HeldTables[];
}

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
  const { weights, losses, lossWeights, optimizer, training } = program;
  const name = options.name ?? subjectName(program.name);
  const keepWeights = weights.length > 0 && options.initialWeights !== "drawn";
  const sided = withSides(arrays, losses);
  const given = split(sided, training.validationSplit);
  const { sides: train, gaps } = fillGaps(given.train);
  const heldOut = gaps && given.heldOut ? fillGaps(given.heldOut).sides : given.heldOut;
  // Of rows with gaps alone nothing can be said; where training has them too, all are filled alike.
  const asked = (sided.asked ?? []).flatMap((one) => {
    const { sides, gaps: own } = fillGaps({ inputs: one.x, targets: one.y });
    return own !== null && gaps === null ? [] : [{ ...one, x: sides.inputs, y: sides.targets }];
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
    ...(gaps === null && arrays.held?.length && { held: versionsOf(program, arrays, arrays.held) }),
    classification: losses.map((one, output) => hasClasses(one, train.targets[output])),
    training: {
      batchSize: Math.min(batchSize, train.inputs[0]?.shape[0] ?? batchSize),
      ...(stepsPerEpoch === null ? { epochs } : { steps: epochs * stepsPerEpoch }),
      ...(!shuffle && { shuffle }),
      ...applyCallbacks(training, optimizer, train.inputs[0]?.shape[0] ?? 1),
    } as TrainingInput,
    ...(losses.length === 1 && loss && { loss: lossOf(loss, train.targets[0]) }),
    ...(losses.length > 1 && { loss: losses.map((one, output) => lossOf(one, train.targets[output])) }),
    ...(measure && { errorMeasure: measure }),
    ...(lossWeights !== null && { lossWeights }),
    ...(classWeight !== null && { classWeight }),
    ...(gaps !== null && { gaps }),
    ...(losses.length === 1 && { classesBecause: wordsOfClasses(program, asked) }),
    ...(training.isIdle && { optimizer: tracedStep, idleBecause: TRACED_ONCE }),
  });
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
    facts: held.map(({ of, words, line, question }) => ({ of, words, line, question })),
    examples(numbers) {
      const key = numbers.join();
      const known = read.get(key);
      if (known) return known;
      const versions = numbers.flatMap((number) => held[number] ?? []);
      const given = withSides(asHeld(arrays, versions, splitUp), losses);
      const { train, heldOut } = split(given, share);
      const asked = (given.asked ?? []).map((one) => inRows(one, train));
      const examples = { train, ...(heldOut && { heldOut }), asked };
      read.set(key, examples);
      return examples;
    },
  };
}

/** What an own `train_step` comes to that does nothing once it is traced. */
function tracedStep() {
  return { update() {} };
}

const TRACED_ONCE =
  "the train_step of the script moves weights where it runs step by step, and none once TensorFlow has traced it: numbers of Python, such as a counter, are read once, when it is traced, and so is the branch that they choose; keep them in a tf.Variable, or accumulate by the optimizer's gradient_accumulation_steps";

/** Keras takes classes of 0 and 1 under a hinge for −1 and 1. */
function withSides(
  { x, y, heldOut, asked, ...others }: ProgramArrays,
  losses: readonly TranslatedLoss[],
): ProgramArrays {
  const isSided = (output: number) => {
    const { own, config } = losses[output] ?? {};
    const table = y[output];
    return !own && table && /^(hinge|squaredHinge)$/.test(config?.name ?? "") && areBinary(table);
  };
  const sided = (tables: readonly NumberTable[]) =>
    tables.map((table, output) =>
      isSided(output)
        ? { ...table, values: Float32Array.from(table.values, (value) => 2 * value - 1) }
        : table,
    );
  return {
    ...others,
    x,
    y: sided(y),
    ...(heldOut && { heldOut: { x: heldOut.x, y: sided(heldOut.y) } }),
    ...(asked && { asked: asked.map((one) => ({ ...one, y: sided(one.y) })) }),
  };
}

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

function lossOf(loss: TranslatedLoss, targets: NumberTable | undefined): OutputLossInput {
  const { own, config, isSparse } = loss;
  if (own) return own(hasClasses(loss, targets));
  return (isSparse ? { ...config, name: "sparseCategoricalCrossentropy" } : config) as OutputLossInput;
}

/** The words by which a program takes its answers for classes: a metric that counts right ones, or a comparison of its own. */
function wordsOfClasses({ metrics }: TranslatedProgram, asked: readonly AskedTables[]): string | undefined {
  const metric = metrics.find((name) => /^(acc|accuracy|(sparse_?)?categorical_?accuracy)$/i.test(name));
  if (metric !== undefined) return `the metric ${metric} counts right answers`;
  const place = asked.find(({ equated }) => equated)?.equated;
  return place ? `${place.file}:${place.line} counts answers that equal the labels` : undefined;
}

/**
 * A loss of the program's own is no error to judge by, since it need not be 0 where all is right; a metric may be. Where
 * loss and metric are cosines, directions alone are meant.
 */
function measureFor(
  { own, config, isSparse }: TranslatedLoss,
  metrics: readonly string[],
  targets: NumberTable | undefined,
): MeasureName | null {
  const areClasses = isSparse || (targets !== undefined && (areOneHot(targets) || isBinaryColumn(targets)));
  const measure = measureOfMetrics(metrics, areClasses);
  return own || (config.name === "cosineProximity" && measure === "cosineDistance") ? measure : null;
}

function isBinaryColumn(targets: NumberTable): boolean {
  return targets.shape.at(-1) === 1 && areBinary(targets);
}

function hasClasses({ config, isSparse, own }: TranslatedLoss, targets: NumberTable | undefined): boolean {
  if (isSparse) return targets === undefined || areWholeNumbers(targets);
  if (own) return false;
  const name = config.name as LossConfig["name"];
  const isCrossentropy = name === "binaryCrossentropy" || name === "categoricalCrossentropy";
  return isCrossentropy && targets !== undefined && holdsClasses({ name }, targets);
}

interface Tables {
  readonly inputs: readonly NumberTable[];
  readonly targets: readonly NumberTable[];
  readonly sampleWeight?: NumberTable;
}

/** Takes the held-out examples from the end, as Keras does before it shuffles. */
function split(
  arrays: ProgramArrays,
  share: number,
): { readonly train: Tables; readonly heldOut: Tables | null } {
  const all = tablesOf(arrays);
  if (arrays.heldOut) return { train: all, heldOut: tablesOf(arrays.heldOut) };
  const count = all.inputs[0]?.shape[0] ?? 0;
  const kept = Math.floor(count * (1 - share));
  const part = (from: number, to: number): Tables => ({
    inputs: all.inputs.map((table) => rowsOf(table, from, to)),
    targets: all.targets.map((table) => rowsOf(table, from, to)),
    ...(all.sampleWeight && { sampleWeight: rowsOf(all.sampleWeight, from, to) }),
  });
  return kept === count
    ? { train: all, heldOut: null }
    : { train: part(0, kept), heldOut: part(kept, count) };
}

function tablesOf({ x, y, sampleWeights = [] }: Omit<ProgramArrays, "heldOut">): Tables {
  const [sampleWeight, ...others] = sampleWeights;
  if (others.length > 0)
    throw new InputError({
      code: "unsupported-model",
      field: "sample_weight",
      message: "must be one list for all outputs; give one weight for each example",
      got: `${sampleWeights.length} lists`,
    });
  return {
    inputs: x.map(asRows),
    targets: y.map(asRows),
    ...(sampleWeight && { sampleWeight: asRows(sampleWeight) }),
  };
}

/** Where no targets are known, those of the first training example fill their place. */
function inRows({ x, y, ...facts }: AskedTables, { targets }: Tables): AskedTables {
  const rows = x[0]?.shape[0] ?? 0;
  const standIns = targets.map(({ shape: [, ...row], values }) => {
    const size = row.reduce((product, side) => product * side, 1);
    return {
      shape: [rows, ...row],
      values: Float32Array.from({ length: rows * size }, (_, at) => values[at % size] as number),
    };
  });
  return { ...facts, x: x.map(asRows), y: y.length > 0 ? y.map(asRows) : standIns };
}

/** Numbers without a second axis become a column. */
function asRows({ shape, values }: NumberTable): NumberTable {
  return shape.length === 1 ? { shape: [shape[0] as number, 1], values } : { shape, values };
}
