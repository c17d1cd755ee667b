import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { z } from "zod";
import type { OptimizerName } from "../config/optimizerSchema.ts";
import type { Json, Settings } from "../config/ownSchema.ts";
import type { ThresholdsInput, TrainingInput } from "../config/schema.ts";
import type { anyLoss, LossName } from "../config/trainingSchema.ts";
import type { ReadMeasures, WrittenMeasure } from "../measure/readMeasure.ts";
import type { AskedTables, QuestionFacts } from "./asked/question.ts";
import type { ExampleSet } from "./examples.ts";
import type { Gaps } from "./gaps.ts";
import type { HeldVersions } from "./held.ts";
import type { ByOutput } from "./own/byOutput.ts";
import type { Dataset, ExampleStream } from "./own/exampleStream.ts";
import type { WrittenClassWeight } from "./own/exampleWeights.ts";
import type { KeptWeights } from "./own/keptWeights.ts";
import type { Soon } from "./own/later.ts";
import type { WrittenLoss } from "./own/ownLoss.ts";
import type { StockOptimizer, WrittenOptimizer } from "./own/ownOptimizer.ts";
import type { ExampleTables } from "./own/pair.ts";
import type { ReadLosses } from "./own/recipe.ts";
import type { WrittenExamples } from "./own/writtenExamples.ts";

/** A request for examples. */
export interface ExampleRequest<Data = Settings> {
  readonly set: ExampleSet;
  /** Number of examples. */
  readonly count: number;
  /** The run's seed: the same seed must give the same examples. */
  readonly seed: number;
  /** The settings of the config's `data`. */
  readonly data: Data;
}

/** The bound for the types of a subject's settings: an object whose values JSON can represent. */
export type AnySettings = { readonly [key: string]: Json };

/** A model, its examples and its training recipe, which a project puts under test. */
export interface SubjectDefinition<
  Model extends AnySettings = AnySettings,
  Data extends AnySettings = AnySettings,
> {
  /** The subject's name, of letters, digits, dashes, dots and underscores. */
  readonly name: string;
  /** Settings that configs may change, each with its default. @defaultValue none */
  readonly model?: Model;
  /**
   * Builds a new model at each call, with any number of inputs and outputs. Its weights are then drawn anew by the layers' own
   * initializers, and its dropout masks too, from the run's seed. So neither needs a seed of its own.
   */
  buildModel(request: { readonly model: Model; readonly seed: number }): LayersModel | Promise<LayersModel>;
  /**
   * Whether the model keeps the weights that {@link buildModel} gave it, or the names of the layers that keep theirs. A
   * name also stands for all names that consist of it, a separator and more. @defaultValue false: all weights are drawn
   * from the seed
   */
  readonly keepWeights?: KeptWeights;
  /**
   * The examples, or a function that draws them, synchronously or not: as tables, as a generator or as a dataset of
   * TensorFlow.js. Tensors that the function makes are disposed, unless `tf.keep` keeps them.
   */
  readonly examples:
    | { readonly train: WrittenExamples | Dataset; readonly heldOut?: WrittenExamples | Dataset }
    | ((request: ExampleRequest<Data>) => Soon<WrittenExamples | ExampleStream>);
  /** Settings of {@link examples} that configs may change, each with its default. @defaultValue none */
  readonly data?: Data;
  /**
   * What a program asks of its model once it is trained, with a table of targets for each output. @defaultValue nothing
   */
  readonly asked?: readonly AskedTables[];
  /**
   * Whether the targets are classes: 0 or 1 for one unit, one-hot or class numbers from 0 for more. Targets of several
   * positions, such as the pixels of an image, have a class at each. For several outputs, a list or an object by name
   * tells which are classes.
   *
   * @defaultValue false; true for outputs with the loss `sparseCategoricalCrossentropy`
   */
  readonly classification?: boolean | ByOutput<boolean>;
  /**
   * The training config, as in a config file. @defaultValue Adam at 0.001, mean squared error, batches of 32, 500 steps
   */
  readonly training?: TrainingInput;
  /** The thresholds of the verdict, as in a config file. */
  readonly thresholds?: ThresholdsInput;
  /**
   * Whether the model is variational: it draws at random what it passes on, in evaluation too, and adds to the loss what its
   * draws tell of the inputs, as a variational autoencoder does. Such a run is judged as one on noisy data: it learns where
   * it leaves no more than three quarters of Var(Y).
   *
   * @defaultValue false
   */
  readonly variational?: boolean;
  /**
   * Causes that are no fault of this subject, such as `missing-nonlinearity` of a model that is meant to be linear.
   *
   * @defaultValue none
   */
  readonly meant?: readonly string[];
  /**
   * A custom loss, or the name of a loss of TensorFlow.js, in place of `training.loss`. A custom loss gives a scalar or
   * one value for each example, which are averaged; where examples have weights it must give one for each. Every output
   * of the model gets it, and training minimises the sum. A list in the model's order, or an object by name, gives each
   * output its own.
   */
  readonly loss?: OutputLossInput | ByOutput<OutputLossInput>;
  /**
   * The factor of each output's loss in the sum, 0 or more: a list in the model's order, or an object by name.
   *
   * @defaultValue 1 for each output
   */
  readonly lossWeights?: ByOutput<number>;
  /**
   * How much the examples of each class count in the training loss, by class number: `{ 0: 1, 1: 5 }`; for several
   * outputs a list or an object by name. It multiplies the `sampleWeight` of the examples. The loss of a batch is the sum
   * of weight × loss over its examples, divided by their number, as in Keras. Evaluation and verdict count every example
   * alike.
   *
   * @defaultValue 1 for each class
   */
  readonly classWeight?: WrittenClassWeight;
  /**
   * A function that makes a custom optimizer anew for each run, an optimizer of TensorFlow.js, or the name of one, in
   * place of `training.optimizer`.
   */
  readonly optimizer?: (() => WrittenOptimizer) | StockOptimizer | OptimizerName;
  /** Why {@link optimizer} changes no weight: a clause, where the program that it stands for is known to. */
  readonly idleBecause?: string;
  /** Why the program goes on to move layers that it has frozen: a clause, where it does. */
  readonly movesBecause?: string;
  /** By what words the program takes whole numbers for classes, whatever its loss: a clause, where it does. */
  readonly classesBecause?: string | undefined;
  /** The numbers that are missing from the fixed training examples, which fill their places. @defaultValue none are missing */
  readonly gaps?: Gaps;
  /**
   * The places of the fixed training examples in the order in which the program takes them in every epoch, under the seed that
   * a config has by default. @defaultValue the seed draws it
   */
  readonly order?: Int32Array;
  /** Training examples of the program behind the fixed ones, where these are some of them alone. @defaultValue all */
  readonly programExamples?: number | undefined;
  /** Other versions of the fixed examples, which the program behind them holds. @defaultValue none */
  readonly held?: HeldVersions;
  /**
   * The error that the verdict judges, for a network whose purpose is not a small squared error: a function of targets
   * and predictions, both tensors `[examples, ...shape of the output]`, that returns one error for each example, 0 or
   * more and 0 where they are equal; or a name. The predictions are probabilities where the loss takes logits. The run
   * learns if its mean error is far below that of the best constant. A list or an object by name gives some outputs
   * their own. @defaultValue the squared error over Var(Y); for classes, the wrong ones
   */
  readonly errorMeasure?: WrittenMeasure | ByOutput<WrittenMeasure>;
}

/** A loss of one output: a function, a name, or the config of a named loss. */
export type OutputLossInput = WrittenLoss | LossName | z.input<typeof anyLoss>;

/** A checked definition, with its fixed examples read. */
export interface ReadDefinition {
  readonly buildModel: SubjectDefinition["buildModel"];
  readonly variational: boolean;
  readonly keepWeights: KeptWeights;
  readonly examples: FixedExamples | ExampleSource;
  readonly asked: readonly ReadQuestion[];
  /** The custom loss of every output; null if `training.loss` or `losses` names one. */
  readonly loss: WrittenLoss | null;
  /** A loss for each output; null if one is for all. */
  readonly losses: ReadLosses | null;
  readonly lossWeights: ByOutput<number> | null;
  readonly classWeight: WrittenClassWeight | null;
  /** Whether the loss of every output asks for class numbers. */
  readonly isSparse: boolean;
  /** Which outputs are classes; undefined where their losses tell. */
  readonly classes: boolean | ByOutput<boolean> | undefined;
  /** Makes the custom optimizer; null if `training.optimizer` names one. */
  readonly optimizer: (() => WrittenOptimizer) | null;
  /** Why the custom optimizer changes no weight; left out where that is not known. */
  readonly idleBecause?: string | undefined;
  /** Why the program goes on to move layers that it has frozen; left out where it does not. */
  readonly movesBecause?: string | undefined;
  /** By what words the program takes whole numbers for classes; left out where it does not. */
  readonly classesBecause?: string | undefined;
  /** The numbers that are missing from the training examples. */
  readonly gaps?: Gaps | undefined;
  /** The order in which the program takes its training examples; left out where it is not known. */
  readonly order?: Int32Array | undefined;
  /** Training examples of the program, where the fixed ones are some of them alone; left out where they are all. */
  readonly programExamples?: number | undefined;
  /** Other versions of the fixed examples. */
  readonly held?: HeldVersions | undefined;
  /** The error measures that are no name for all outputs; null if there is none. */
  readonly errorMeasures: ReadMeasures["own"];
}

/** A question with its tables read. */
export interface ReadQuestion {
  readonly facts: QuestionFacts;
  readonly tables: ExampleTables;
}

/** A function that draws examples. */
export type ExampleSource = (request: ExampleRequest) => Soon<WrittenExamples | ExampleStream>;

export interface FixedExamples {
  readonly train: ExampleTables;
  readonly heldOut: ExampleTables | null;
}
