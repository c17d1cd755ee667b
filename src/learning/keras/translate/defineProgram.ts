import { InputError } from "../../../foundation/input/inputError.ts";
import type { LossConfig, TrainingInput } from "../../config/schema.ts";
import { holdsClasses, subjectName } from "../../subject/compiled/compiledModel.ts";
import { rowsOf } from "../../subject/compiled/tables.ts";
import { type DefinedSubject, defineSubject } from "../../subject/defineSubject.ts";
import type { NumberTable } from "../../subject/nestedNumbers.ts";
import { buildTranslated } from "./buildTranslated.ts";
import type { TranslatedProgram } from "./translateProgram.ts";

/** The arrays of a captured program. Each has a row for each example. */
export interface ProgramArrays {
  /** One table for each input of the model. */
  readonly x: readonly NumberTable[];
  /** One table for each output; class numbers for a sparse crossentropy. */
  readonly y: readonly NumberTable[];
  /** Held-out examples. @defaultValue the share of the examples that `validation_split` names */
  readonly heldOut?: { readonly x: readonly NumberTable[]; readonly y: readonly NumberTable[] } | null;
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
  const { weights, losses, optimizer, training } = program;
  const [loss] = losses;
  const name = options.name ?? subjectName(program.name);
  const keepWeights = weights.length > 0 && options.initialWeights !== "drawn";
  const { train, heldOut } = split(arrays, training.validationSplit);
  const { batchSize, epochs, stepsPerEpoch } = training;
  return defineSubject({
    name,
    buildModel: () => buildTranslated(keepWeights ? program : { ...program, weights: [] }),
    keepWeights,
    examples: { train, ...(heldOut && { heldOut }) },
    classification:
      loss !== undefined && hasClasses(loss.config.name as LossConfig["name"], loss.isSparse, train.targets),
    training: {
      batchSize: Math.min(batchSize, train.inputs.shape[0] as number),
      ...(stepsPerEpoch === null ? { epochs } : { steps: epochs * stepsPerEpoch }),
      loss: loss?.config,
      optimizer,
    } as TrainingInput,
  });
}

function hasClasses(name: LossConfig["name"], isSparse: boolean, targets: NumberTable): boolean {
  if (isSparse) return true;
  const isCrossentropy = name === "binaryCrossentropy" || name === "categoricalCrossentropy";
  return isCrossentropy && holdsClasses({ name }, targets);
}

interface Pair {
  readonly inputs: NumberTable;
  readonly targets: NumberTable;
}

/** Takes the held-out examples from the end, as Keras does before it shuffles. */
function split(
  arrays: ProgramArrays,
  share: number,
): { readonly train: Pair; readonly heldOut: Pair | null } {
  const all = pairOf(arrays.x, arrays.y, "");
  if (arrays.heldOut)
    return { train: all, heldOut: pairOf(arrays.heldOut.x, arrays.heldOut.y, "validation ") };
  const count = all.inputs.shape[0] as number;
  const kept = Math.floor(count * (1 - share));
  const part = (from: number, to: number) => ({
    inputs: rowsOf(all.inputs, from, to),
    targets: rowsOf(all.targets, from, to),
  });
  return kept === count
    ? { train: all, heldOut: null }
    : { train: part(0, kept), heldOut: part(kept, count) };
}

function pairOf(x: readonly NumberTable[], y: readonly NumberTable[], prefix: string): Pair {
  const [inputs, ...moreInputs] = x;
  const [targets, ...moreTargets] = y;
  if (!inputs || !targets || moreInputs.length > 0 || moreTargets.length > 0)
    throw new InputError({
      code: "unsupported-model",
      field: `${prefix}data`,
      message: "must be one input and one output; check a model for each output by itself",
      got: `${x.length} inputs and ${y.length} outputs`,
    });
  return { inputs: asRows(inputs), targets: asRows(targets) };
}

/** Numbers without a second axis become a column. */
function asRows({ shape, values }: NumberTable): NumberTable {
  return shape.length === 1 ? { shape: [shape[0] as number, 1], values } : { shape, values };
}
