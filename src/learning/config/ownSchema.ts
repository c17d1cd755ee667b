import { z } from "zod";
import {
  mostExamples,
  numberAbove,
  numberBelow,
  oneOf,
  realNumber,
  wholeNumber,
} from "../../foundation/input/rules.ts";
import { standardising } from "./denseSchema.ts";
import { type KernelInitializer, kernelInitializers } from "./networkSchema.ts";

/** What JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
/** Settings of a model or of examples that somebody else's code reads. */
export type Settings = { readonly [key: string]: Json };

/** Whether a text may name a subject. */
export const NAME_RULE = "must be a name of letters, digits, dashes, dots and underscores, at most 60";

export const ownName: z.ZodString = z.string({ error: NAME_RULE }).regex(/^[\w-][\w.-]{0,59}$/, NAME_RULE);

const anything = z.json() as unknown as z.ZodType<Json>;

/** The settings that a subject's own code builds its model by. */
export const ownModel: z.ZodType<Settings> = z.record(z.string(), anything);

/** How many examples, what is done to them, and the settings of the subject's own code. */
export const ownData = z
  .object({
    examples: wholeNumber(1, mostExamples).default(200),
    heldOut: wholeNumber(0, mostExamples).default(100),
    /** As the subject's definition has it. */
    classification: z.boolean({ error: "must be true or false" }).default(false),
    ...standardising,
  })
  .catchall(anything);

const insideLayers = ["relu", "elu", "tanh", "sigmoid", "linear"] as const;
const atTheEnd = [...insideLayers, "softplus", "softmax"] as const;
/** Those that are not ours alone. */
const initializers = kernelInitializers.filter((name) => name !== "constant") as unknown as readonly [
  "glorotUniform",
  ...Exclude<KernelInitializer, "constant">[],
];

/** Changes made to a model after its own code has built it; null leaves as built. */
export const rework = z.strictObject({
  /** Factor on the units or filters of every layer but the last with weights. */
  width: numberAbove(0, 1024).default(1),
  /** Copies of the last hidden dense layer that are put behind it; of a chain of layers only. */
  layers: wholeNumber(0, 32).default(0),
  /** Of every hidden layer with a kernel. */
  activation: oneOf(insideLayers).nullable().default(null),
  outputActivation: oneOf(atTheEnd).nullable().default(null),
  kernelInitializer: oneOf(initializers).nullable().default(null),
  useBias: z.boolean({ error: "must be true, false or null" }).nullable().default(null),
  /** Rate of every dropout layer. */
  dropout: numberBelow(0, 1).nullable().default(null),
  /** Coefficient of the sum of squared kernel weights added to the loss. */
  l2: realNumber(0, 1e6).nullable().default(null),
});
