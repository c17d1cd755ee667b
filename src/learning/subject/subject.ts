import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { EarlyStopping, OptimizerConfig, RepeatedRows } from "../config/schema.ts";
import type { LossChoice } from "../loss/criterion.ts";
import type { Optimizer } from "../optimizer/optimizer.ts";
import type { Prepared, Question } from "./asked/question.ts";
import { type Examples, gather } from "./examples.ts";
import type { Gaps } from "./gaps.ts";

/** The examples of a subject. */
export interface ExampleSets {
  readonly train: Examples;
  /** Null where there are none. */
  readonly heldOut: Examples | null;
  /** What is asked of the trained model by the program that trains it. @defaultValue nothing is known of it */
  readonly asked?: readonly Question[] | undefined;
  /** The held-out examples of a program, prepared in other ways. @defaultValue none */
  readonly heldOutOtherwise?: readonly Prepared[] | undefined;
}

/** The subject of a test: a model, its examples and the recipe that trains it. */
export interface Subject extends ExampleSets {
  readonly name: string;
  /** Whether its inputs are pictures of a box and its targets the place of the box, x before y. @defaultValue false */
  readonly showsBoxes?: boolean;
  /** From 1 to 2147483647; every random choice of a run derives from it. */
  readonly seed: number;
  /** The config of a named loss or a custom loss function, for every output; or a loss and a weight for each output. */
  readonly loss: LossChoice;
  /** The config of a named optimizer, or a function that makes a custom one anew for each run. */
  readonly optimizer: OptimizerConfig | (() => Optimizer);
  /** Why its program changes no weight, a clause. @defaultValue nothing is known to keep it from that */
  readonly idleBecause?: string | undefined;
  /** Whether its program fits a scaler anew to rows that it holds out or asks about. @defaultValue false */
  readonly scaledAnew?: boolean | undefined;
  /** Why its program goes on to move layers that it has frozen, a clause. @defaultValue it does not */
  readonly movesBecause?: string | undefined;
  /**
   * By what words its program takes whole numbers for classes, whatever its loss: a clause. @defaultValue by none that are known
   */
  readonly classesBecause?: string | undefined;
  /** The numbers that are missing from `train` in the program that it stands for. @defaultValue none are missing */
  readonly gaps?: Gaps | undefined;
  /** Examples in a batch; the last one of an epoch may be smaller. */
  readonly batchSize: number;
  /** Optimizer updates in a run. */
  readonly steps: number;
  /** Optimizer updates of the program that the subject stands for, where its run makes the first ones alone. @defaultValue `steps` */
  readonly programSteps?: number | undefined;
  /** Training examples of the program that the subject stands for, where `train` holds some of them alone. @defaultValue all */
  readonly programExamples?: number | undefined;
  /** Whether every epoch takes the examples in a new random order, or, `once`, in that of the first. @defaultValue true */
  readonly shuffle?: boolean | "once" | undefined;
  /**
   * The places of the training examples in the order in which its program takes them in every epoch, where `shuffle` is `once`.
   *
   * @defaultValue the seed draws it
   */
  readonly order?: Int32Array | undefined;
  /** How rows of a table that a step looks up several times are updated. @defaultValue by the sum of their gradients */
  readonly repeatedRows?: RepeatedRows | undefined;
  /** When a run ends before its last step. @defaultValue never */
  readonly earlyStopping?: EarlyStopping | null | undefined;
  /**
   * Whether its model is variational: it draws at random what it passes on, in evaluation too, and pays in the loss for what
   * its draws tell of the inputs. How much of its targets it leaves is then a price that its author chose. @defaultValue false
   */
  readonly variational?: boolean | undefined;
  /**
   * Of a subject that is asked for its own inputs: the numbers of its narrowest layer, which all has to pass through. What
   * so few numbers cannot hold is then a price that its author chose. @defaultValue every layer is wide enough
   */
  readonly codeWidth?: number | undefined;
  /**
   * Causes that are no fault of this subject, by name: they are not named, and the laws that ask for nothing else are not
   * measured. @defaultValue none
   */
  readonly meant?: readonly string[] | undefined;
  /**
   * Runs the project's own code again to draw the examples a second time, and returns both draws. Left out for other
   * subjects.
   */
  redraw?(): Promise<{ readonly first: ExampleSets; readonly second: ExampleSets }>;
  /** Builds the model with initial weights drawn from the seed. The caller disposes it. */
  buildModel(seed: number): LayersModel | Promise<LayersModel>;
}

/**
 * Returns the subject with only the training examples at `indices`, all in one batch, for `steps` steps; the subject's own
 * early stopping and lowering of the rate, which count its epochs, do not apply to them.
 */
export function onExamples(subject: Subject, indices: readonly number[], steps: number): Subject {
  const train = gather(subject.train, indices);
  return {
    ...withoutEpochEnds(subject),
    train,
    heldOut: null,
    asked: undefined,
    heldOutOtherwise: undefined,
    batchSize: train.count,
    steps,
  };
}

/** Returns the subject without what it asks for at the end of its epochs: to stop early, or to lower the rate. */
export function withoutEpochEnds(subject: Subject): Subject {
  const { optimizer } = subject;
  return {
    ...subject,
    earlyStopping: undefined,
    ...(typeof optimizer !== "function" &&
      optimizer.onPlateau && { optimizer: { ...optimizer, onPlateau: undefined } }),
  };
}
