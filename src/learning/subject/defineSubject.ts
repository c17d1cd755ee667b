import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { z } from "zod";
import { InputError } from "../../foundation/input/inputError.ts";
import { checkName, registerSubject } from "../config/ownDefaults.ts";
import type { Json, rework, Settings } from "../config/ownSchema.ts";
import { parseConfig } from "../config/parseConfig.ts";
import type { OwnConfig, ThresholdsInput, TrainingInput, Written } from "../config/schema.ts";
import type { LossName, OptimizerName } from "../config/trainingSchema.ts";
import type { ExampleSet } from "./examples.ts";
import type { KeptWeights } from "./own/keptWeights.ts";
import { isPromise, type Soon } from "./own/later.ts";
import type { WrittenLoss } from "./own/ownLoss.ts";
import type { StockOptimizer, WrittenOptimizer } from "./own/ownOptimizer.ts";
import { readRecipe } from "./own/recipe.ts";
import {
  type Dataset,
  type ExampleStream,
  type ExampleTables,
  isStream,
  readTables,
  type WrittenExamples,
} from "./own/writtenExamples.ts";

/** What examples are asked for. */
export interface ExampleRequest<Data = Settings> {
  readonly set: ExampleSet;
  /** How many. */
  readonly count: number;
  /** The run's: the same seed must give the same examples. */
  readonly seed: number;
  /** The settings of the config's `data`. */
  readonly data: Data;
}

/** Settings of an interface type are none to TypeScript, so any object will do. */
type AnySettings = { readonly [key: string]: Json };

/** A model, its examples and its recipe: what a project puts under test. */
export interface SubjectDefinition<
  Model extends AnySettings = AnySettings,
  Data extends AnySettings = AnySettings,
> {
  /** Letters, digits, dashes, dots and underscores. */
  readonly name: string;
  /** Settings that configs may change, each with its default. @defaultValue none */
  readonly model?: Model;
  /**
   * Builds the model, anew at each call: one input, one output. Its weights are then drawn from the run's seed by the
   * layers' own initializers, and its dropout too, so neither needs a seed.
   */
  buildModel(request: { readonly model: Model; readonly seed: number }): LayersModel | Promise<LayersModel>;
  /**
   * Whether its weights stay as {@link buildModel} left them, or the names of the layers whose weights do; a name stands
   * for what begins with it and a separator, too. @defaultValue false: they are drawn from the seed
   */
  readonly keepWeights?: KeptWeights;
  /**
   * The examples there are, or what draws them: at once or later, as tables, as a generator or as a dataset of
   * TensorFlow.js. Tensors that the function makes are disposed, unless `tf.keep` keeps them.
   */
  readonly examples:
    | { readonly train: WrittenExamples | Dataset; readonly heldOut?: WrittenExamples | Dataset }
    | ((request: ExampleRequest<Data>) => Soon<WrittenExamples | ExampleStream>);
  /** Settings of {@link examples} that configs may change, each with its default. @defaultValue none */
  readonly data?: Data;
  /**
   * Whether the targets are classes: 0 or 1 for one output, one-hot or class numbers from 0 for more.
   *
   * @defaultValue false; true with the loss `sparseCategoricalCrossentropy`
   */
  readonly classification?: boolean;
  /** As in a config. @defaultValue Adam at 0.001, mean squared error, batches of 32, 500 steps */
  readonly training?: TrainingInput;
  /** As in a config. */
  readonly thresholds?: ThresholdsInput;
  /** A loss of one's own, or one of TensorFlow.js, in place of `training.loss`; the mean of one value per example. */
  readonly loss?: WrittenLoss | LossName;
  /** Makes an optimizer of one's own, anew for each run; or one of TensorFlow.js, in place of `training.optimizer`. */
  readonly optimizer?: (() => WrittenOptimizer) | StockOptimizer | OptimizerName;
}

/** A subject that configs, matchers and the command line know by its name. */
export interface DefinedSubject {
  readonly name: string;
  /**
   * Its config, every default filled in.
   *
   * @param changes as they may be written in a config file, such as `{ training: { steps: 100 } }`.
   * @throws {InputError} for a change that breaks a rule.
   */
  config(changes?: OwnConfigInput): OwnConfig;
}

/** What a config of the project's own subject may say beside its name. */
export interface OwnConfigInput {
  readonly seed?: number;
  /** Settings of the model, and of the examples. */
  readonly model?: Settings;
  readonly data?: Settings;
  /** Changes made to the model after its own code has built it. */
  readonly rework?: Written<z.input<typeof rework>>;
  readonly training?: TrainingInput;
  readonly thresholds?: ThresholdsInput;
}

/** A definition that was checked, and whose fixed examples were read. */
export interface ReadDefinition {
  readonly buildModel: SubjectDefinition["buildModel"];
  readonly keepWeights: KeptWeights;
  readonly examples: FixedExamples | ExampleSource;
  /** Null where `training.loss` names it. */
  readonly loss: WrittenLoss | null;
  /** Null where `training.optimizer` names it. */
  readonly optimizer: (() => WrittenOptimizer) | null;
}

/** Draws examples. */
export type ExampleSource = (request: ExampleRequest) => Soon<WrittenExamples | ExampleStream>;

export interface FixedExamples {
  readonly train: ExampleTables;
  readonly heldOut: ExampleTables | null;
}

/**
 * Puts a model of one's own under test: `{"subject": "own", "name": …}` in a config means it from now on. Defined
 * again under the same name, it takes the earlier one's place.
 *
 * @throws {InputError} for a part of the definition that breaks a rule.
 */
export function defineSubject<Model extends AnySettings, Data extends AnySettings>(
  definition: SubjectDefinition<Model, Data>,
): DefinedSubject {
  refuseNoDefinition(definition);
  const { name, buildModel, keepWeights = false, thresholds = {} } = definition;
  const { loss, optimizer, training, isSparse } = readRecipe(definition);
  const { classification = isSparse } = definition;
  const examples = readSource(definition.examples as SubjectDefinition["examples"]);
  const available = countsOf(examples);
  registerSubject({
    name,
    model: definition.model ?? {},
    data: { ...defaultCounts(definition.examples, available), ...definition.data, classification },
    available,
    training,
    thresholds,
    definition: {
      // Its own settings are checked against their defaults before it is called.
      buildModel: buildModel as unknown as SubjectDefinition["buildModel"],
      keepWeights,
      examples,
      loss,
      optimizer,
    },
  });
  return {
    name,
    config: (changes = {}) => parseConfig({ ...changes, subject: "own", name }) as OwnConfig,
  };
}

function refuseNoDefinition(definition: unknown): void {
  if (typeof definition !== "object" || definition === null)
    throw new InputError({
      code: "invalid-value",
      field: "defineSubject",
      message: "must be given a definition; give { name, buildModel, examples }",
      got: definition,
    });
  const { name, buildModel, keepWeights } = definition as Partial<SubjectDefinition>;
  checkName(name);
  if (typeof buildModel !== "function")
    throw new InputError({
      code: "invalid-value",
      field: `subject ${name}`,
      message: "must have a function buildModel that returns a model of TensorFlow.js; add it",
      got: buildModel,
    });
  const areNames = Array.isArray(keepWeights) && keepWeights.every((layer) => typeof layer === "string");
  if (keepWeights !== undefined && typeof keepWeights !== "boolean" && !areNames)
    throw new InputError({
      code: "invalid-value",
      field: "keepWeights",
      message: "must be true, false or the names of layers; correct it",
      got: keepWeights,
    });
}

function readSource(examples: SubjectDefinition["examples"]): FixedExamples | ExampleSource {
  if (typeof examples === "function") return examples;
  if (typeof examples !== "object" || examples === null)
    throw new InputError({
      code: "invalid-value",
      field: "examples",
      message: "must be { train, heldOut } or a function that draws them; add it",
      got: examples,
    });
  const { train, heldOut } = examples;
  if (isStream(train) || isPromise(train) || isStream(heldOut)) return sourceOf(examples);
  return {
    train: readTables(train, "examples.train"),
    heldOut: heldOut === undefined ? null : readTables(heldOut, "examples.heldOut"),
  };
}

/** Fixed examples that come one by one, and are read whenever they are asked for. */
function sourceOf(examples: Exclude<SubjectDefinition["examples"], ExampleSource>): ExampleSource {
  for (const set of ["train", "heldOut"] as const) {
    if (typeof (examples[set] as { next?: unknown } | undefined)?.next === "function")
      throw new InputError({
        code: "invalid-value",
        field: `examples.${set}`,
        message:
          "can be read only once; give the generator function itself: examples: function* ({ set, count }) {…}",
        got: "a generator that runs already",
      });
  }
  return ({ set }) => examples[set] as Soon<WrittenExamples | ExampleStream>;
}

interface Counts {
  readonly examples: number;
  readonly heldOut: number;
}

/** How many fixed examples there are; null where they are drawn. */
function countsOf(examples: FixedExamples | ExampleSource): Counts | null {
  if (typeof examples === "function") return null;
  const { train, heldOut } = examples;
  return { examples: train.inputs.shape[0] as number, heldOut: heldOut?.inputs.shape[0] ?? 0 };
}

/** How many are taken where a config says nothing. */
function defaultCounts(
  written: SubjectDefinition["examples"] | unknown,
  available: Counts | null,
): Partial<Counts> {
  if (available !== null || typeof written === "function") return { ...available };
  return (written as { heldOut?: unknown }).heldOut === undefined ? { heldOut: 0 } : {};
}
