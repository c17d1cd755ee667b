import { z } from "zod";
import { wholeNumber } from "../../foundation/input/rules.ts";
import { DEFAULT_SEED, LARGEST_SEED } from "../../foundation/random/seed.ts";
import { boxData, boxModel } from "./boxSchema.ts";
import { denseData, denseModel } from "./denseSchema.ts";
import { type MeasureName, measureNames } from "./measureNames.ts";
import { ownData, ownModel, ownName, programFile, type Settings } from "./ownSchema.ts";
import { rework } from "./reworkSchema.ts";
import { savedModel, tableData, tableModel } from "./tableSchema.ts";
import { thresholds, training } from "./trainingSchema.ts";

const seed = wholeNumber(1, LARGEST_SEED)
  .default(DEFAULT_SEED)
  .describe("From it come weights, examples, their order and dropout: the same seed gives the same bits.");
const recipe = {
  training: training.prefault({}),
  thresholds: thresholds.prefault({}),
  errorMeasure: z
    .enum(measureNames, { error: `must be one of ${measureNames.join(", ")}` })
    .optional()
    .describe(
      "The error that the verdict judges, divided by that of the best constant. Left out: the squared error over Var(Y), and wrong classes.",
    ),
  meant: z
    .array(z.string({ error: "must be the name of a cause" }), { error: "must be a list of causes" })
    .optional()
    .describe(
      "Causes that are no fault of this subject, by name, such as `missing-nonlinearity` of a linear model.",
    ),
};

export const subjects = z.discriminatedUnion(
  "subject",
  [
    z.strictObject({
      subject: z.literal("box-regression"),
      seed,
      model: boxModel.prefault({}),
      data: boxData.prefault({}),
      ...recipe,
    }),
    z.strictObject({
      subject: z.literal("dense"),
      seed,
      model: denseModel.prefault({}),
      data: denseData.prefault({}),
      ...recipe,
    }),
    z.strictObject({
      subject: z.literal("table"),
      seed,
      model: tableModel.prefault({}),
      data: tableData,
      ...recipe,
    }),
    z.strictObject({
      subject: z.literal("saved-model"),
      seed,
      model: savedModel,
      rework: rework.prefault({}),
      data: tableData,
      ...recipe,
    }),
    z.strictObject({
      subject: z.literal("own"),
      name: ownName,
      program: programFile.optional(),
      seed,
      model: ownModel.prefault({}),
      rework: rework.prefault({}),
      data: ownData.prefault({}),
      ...recipe,
    }),
  ],
  { error: 'must be "box-regression", "dense", "table", "saved-model" or "own"' },
);

type Inputs = z.input<typeof subjects>;
type BoxInput = Extract<Inputs, { subject: "box-regression" }>;

/**
 * A config as users write it: fields that are left out have defaults. A config that names no subject means the box
 * regression; `$schema` may name the JSON Schema, for editors.
 */
export type ConfigInput = Written<
  (Exclude<Inputs, BoxInput> | (Omit<BoxInput, "subject"> & { subject?: "box-regression" | undefined })) & {
    $schema?: string | undefined;
  }
>;

/** The same type, read-only at every depth, so that it accepts what `as const` gives. */
export type Written<Type> = Type extends readonly (infer Item)[]
  ? readonly Written<Item>[]
  : Type extends object
    ? { readonly [Key in keyof Type]: Written<Type[Key]> }
    : Type;

/** The `training` part of a config, as users write it. */
export type TrainingInput = Written<z.input<typeof training>>;
/** The `thresholds` part of a config, as users write it. */
export type ThresholdsInput = Written<z.input<typeof thresholds>>;

/** Sets the subject to the default, the box regression, if a config names none. */
function nameSubject(input: unknown): unknown {
  return typeof input === "object" && input !== null && !Array.isArray(input) && !("subject" in input)
    ? { subject: "box-regression", ...input }
    : input;
}

/** A run as users write it: the model, the examples, the training and the seed. */
export const configSchema = z.preprocess(nameSubject, subjects);

/** A config with all defaults filled in except those that depend on files. */
export type WrittenConfig = z.output<typeof configSchema>;
export type WrittenTraining = z.output<typeof training>;
/** How a model is trained, with the length of the run in steps. */
export type TrainingConfig = Omit<WrittenTraining, "steps" | "epochs"> & { steps: number };
/** The loss by its name, with its settings. */
export type LossConfig = TrainingConfig["loss"];
/** The optimizer by its name, with its settings. */
export type OptimizerConfig = TrainingConfig["optimizer"];
/** When the learning rate is lowered during a run. */
export type Plateau = NonNullable<OptimizerConfig["onPlateau"]>;
export type EarlyStopping = NonNullable<TrainingConfig["earlyStopping"]>;

/** How rows that a step looks up several times are updated. */
export type RepeatedRows = NonNullable<TrainingConfig["repeatedRows"]>;
/** The bounds of the verdict, as multiples of Var(Y). */
export type Thresholds = z.output<typeof thresholds>;

type Filled<Fields> = { [Key in keyof Fields]-?: Exclude<Fields[Key], undefined> };

interface Recipe {
  seed: number;
  training: TrainingConfig;
  thresholds: Thresholds;
  errorMeasure?: MeasureName | undefined;
  meant?: string[] | undefined;
}

export type BoxModelConfig = z.output<typeof boxModel>;
export type BoxDataConfig = z.output<typeof boxData>;
export type DenseModelConfig = z.output<typeof denseModel>;
export type DenseDataConfig = z.output<typeof denseData>;

export type TableModelConfig = z.output<typeof tableModel>;
/** The files of the Keras program that a subject was made from. */
export type ProgramFile = z.output<typeof programFile>;
export type OwnDataConfig = z.output<typeof ownData>;
/** How one column of inputs is read: as names, or as a time that comes round. */
export type InputReading = NonNullable<OwnDataConfig["readInputs"]>[number];
/** Changes to a model that is not built-in; null and 1 leave it as it was built. */
export type ReworkConfig = z.output<typeof rework>;
/** The data of a table, with the defaults that depend on the file filled in. */
export type TableDataConfig = Filled<Omit<z.output<typeof tableData>, LeftOut>> &
  Pick<z.output<typeof tableData>, LeftOut>;
/** Fields that may stay out of a complete config. */
type LeftOut = "weight" | "unitInputs" | "unitTargets";

export type BoxConfig = Recipe & { subject: "box-regression"; model: BoxModelConfig; data: BoxDataConfig };
export type DenseConfig = Recipe & { subject: "dense"; model: DenseModelConfig; data: DenseDataConfig };

export type TableConfig = Recipe & { subject: "table"; model: TableModelConfig; data: TableDataConfig };
export type SavedModelConfig = Recipe & {
  subject: "saved-model";
  model: Filled<z.output<typeof savedModel>>;
  rework: ReworkConfig;
  data: TableDataConfig;
};
/** The config of a subject that a project's own code defines. */
export type OwnConfig = Recipe & {
  subject: "own";
  name: string;
  program?: ProgramFile | undefined;
  model: Settings;
  rework: ReworkConfig;
  data: OwnDataConfig;
};

/** The configs that describe their model and data completely, without a file or other code. */
export type BuiltInConfig = BoxConfig | DenseConfig;
/** A complete config, with every default filled in. */
export type Config = BuiltInConfig | TableConfig | SavedModelConfig | OwnConfig;
/** The fields that all built-in networks share. */
export type NetworkConfig = Pick<
  BoxModelConfig,
  "outputActivation" | "kernelInitializer" | "useBias" | "batchNorm" | "dropout" | "l2"
>;
