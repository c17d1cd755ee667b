import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { z } from "zod";
import { InputError } from "../../foundation/input/inputError.ts";
import { defineDefaults } from "../config/ownDefaults.ts";
import type { Json, rework, Settings } from "../config/ownSchema.ts";
import { parseConfig } from "../config/parseConfig.ts";
import type { OwnConfig, ThresholdsInput, TrainingInput, Written } from "../config/schema.ts";
import type { Loss } from "../loss/loss.ts";
import type { Optimizer } from "../optimizer/optimizer.ts";
import type { ExampleSet } from "./examples.ts";
import { flattenNumbers, type Numbers, type NumberTable } from "./nestedNumbers.ts";

/** Inputs `[examples, …]` and targets `[examples, outputs]`; of one output a plain list will do. */
export interface WrittenExamples {
  readonly inputs: Numbers;
  /** Numbers; of classes 0 or 1 for one output, one-hot for more. */
  readonly targets: Numbers;
}

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

/** An optimizer of TensorFlow.js, such as `tf.train.adam(0.01)`. */
export interface StockOptimizer {
  applyGradients(gradients: { readonly name: string; readonly tensor: Tensor }[]): void;
  dispose(): void;
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
  /** Whether its weights stay as {@link buildModel} left them. @defaultValue false: they are drawn from the seed */
  readonly keepWeights?: boolean;
  /** The examples there are, or what draws them. */
  readonly examples:
    | { readonly train: WrittenExamples; readonly heldOut?: WrittenExamples }
    | ((request: ExampleRequest<Data>) => WrittenExamples);
  /** Settings of {@link examples} that configs may change, each with its default. @defaultValue none */
  readonly data?: Data;
  /** Whether the targets are classes. @defaultValue false */
  readonly classification?: boolean;
  /** As in a config. @defaultValue Adam at 0.001, mean squared error, batches of 32, 500 steps */
  readonly training?: TrainingInput;
  /** As in a config. */
  readonly thresholds?: ThresholdsInput;
  /** A loss of one's own, in place of `training.loss`. */
  readonly loss?: Loss;
  /** Makes an optimizer of one's own, anew for each run, in place of `training.optimizer`. */
  readonly optimizer?: () => Optimizer | StockOptimizer;
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

/** A definition whose fixed examples were read. */
export interface ReadDefinition extends Omit<SubjectDefinition, "examples"> {
  readonly examples: FixedExamples | Extract<SubjectDefinition["examples"], (...args: never) => unknown>;
}

/** Tables of inputs and targets, as many rows each. */
export interface ExampleTables {
  readonly inputs: NumberTable;
  readonly targets: NumberTable;
}

export interface FixedExamples {
  readonly train: ExampleTables;
  readonly heldOut: ExampleTables | null;
}

const definitions = new Map<string, ReadDefinition>();

/**
 * Puts a model of one's own under test: `{"subject": "own", "name": …}` in a config means it from now on. Defined
 * again under the same name, it takes the earlier one's place.
 *
 * @throws {InputError} for a name or for examples that break a rule.
 */
export function defineSubject<Model extends AnySettings, Data extends AnySettings>(
  definition: SubjectDefinition<Model, Data>,
): DefinedSubject {
  const { name, training = {}, thresholds = {}, classification = false } = definition;
  const { examples } = definition;
  const read = typeof examples === "function" ? examples : readFixed(examples);
  const available =
    typeof read === "function"
      ? null
      : {
          examples: read.train.inputs.shape[0] as number,
          heldOut: read.heldOut?.inputs.shape[0] ?? 0,
        };
  defineDefaults({
    name,
    model: definition.model ?? {},
    data: { ...available, ...definition.data, classification },
    available,
    training,
    thresholds,
  });
  definitions.set(name, { ...definition, examples: read } as unknown as ReadDefinition);
  return {
    name,
    config: (changes = {}) => parseConfig({ ...changes, subject: "own", name }) as OwnConfig,
  };
}

/** The definition behind a config of an own subject. */
export function definitionOf({ name }: OwnConfig): ReadDefinition {
  return definitions.get(name) as ReadDefinition;
}

function readFixed({ train, heldOut }: Exclude<SubjectDefinition["examples"], (...args: never) => unknown>) {
  return {
    train: readTables(train, "examples.train"),
    heldOut: heldOut === undefined ? null : readTables(heldOut, "examples.heldOut"),
  };
}

/** @throws {InputError} where inputs and targets are not as many, or not finite. */
export function readTables(written: WrittenExamples, field: string): ExampleTables {
  const inputs = flattenNumbers(written?.inputs, `${field}.inputs`);
  const targets = flattenNumbers(written?.targets, `${field}.targets`);
  if (targets.shape.length !== 2)
    throw new InputError({
      code: "invalid-value",
      field: `${field}.targets`,
      message: "must be a table, a list of outputs for each example; flatten them",
      got: targets.shape,
    });
  if (inputs.shape[0] !== targets.shape[0])
    throw new InputError({
      code: "conflict",
      field: `${field}.targets`,
      message: `must be as many as the inputs, ${inputs.shape[0]}; correct one of them`,
      got: targets.shape[0],
    });
  return { inputs, targets };
}

/** An optimizer of TensorFlow.js in the shape of ours. */
export function adaptOptimizer(optimizer: Optimizer | StockOptimizer): Optimizer {
  if ("update" in optimizer) return optimizer;
  return {
    update(variables: readonly Variable[], gradients) {
      const named = variables.flatMap((variable, index) => {
        const gradient = gradients[index];
        return gradient ? [{ name: variable.name, tensor: gradient }] : [];
      });
      optimizer.applyGradients(named);
    },
    dispose: () => optimizer.dispose(),
  };
}
