// Checks the structure of a model.json before anything else reads it.

import { z } from "zod";
import { refuseModel } from "./refusal.ts";

/** Any JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

const side = z.int().min(0);
const quantization = z.discriminatedUnion("dtype", [
  z.looseObject({ dtype: z.enum(["uint8", "uint16"]), scale: z.number(), min: z.number() }),
  z.looseObject({ dtype: z.literal("float16") }),
]);
const weight = z.looseObject({
  name: z.string().min(1),
  shape: z.array(side),
  dtype: z.enum(["float32", "int32", "bool"]),
  quantization: quantization.optional(),
  /** `optimizer` for tensors that are not weights of the model. */
  group: z.string().optional(),
});
const weightGroup = z.object({ paths: z.array(z.string().min(1)), weights: z.array(weight) });
const modelJson = z.looseObject({
  modelTopology: z.record(z.string(), z.unknown()),
  weightsManifest: z.array(weightGroup).nullish(),
});

/** One weight, as the manifest describes it. */
export type WeightSpec = z.output<typeof weight>;
/** Weights that are stored consecutively in the files of `paths`. */
export type WeightGroup = z.output<typeof weightGroup>;

/** The contents of a model.json. */
export interface ModelJson {
  readonly topology: JsonObject;
  /** Empty where the file holds the topology alone. */
  readonly groups: readonly WeightGroup[];
}

/**
 * Checks a model.json. @throws {InputError} naming the first part that differs from what TensorFlow.js and its
 * converter write.
 */
export function checkModelJson(json: unknown): ModelJson {
  const parsed = modelJson.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refuseModel(
      `must be the model.json of a layers model, as model.save writes it: ${issue?.path.join(".") || "the file"}: ${inWords(issue?.message)}; save the model again`,
      typeof json === "object" && json !== null ? Object.keys(json).slice(0, 5) : json,
    );
  }
  const { modelTopology, weightsManifest } = parsed.data;
  if (modelTopology.model_config === undefined && modelTopology.class_name === undefined)
    throw refuseModel(
      "must be the model.json of a layers model, as model.save writes it; a graph model cannot be trained",
      Object.keys(modelTopology).slice(0, 5),
    );
  const groups = weightsManifest ?? [];
  refuseTwice(groups);
  return { topology: modelTopology, groups };
}

/** Rewords a schema error without JavaScript's term `undefined`. */
function inWords(issue = "is something else"): string {
  return issue.replace("Invalid input: ", "").replace("received undefined", "and there is none");
}

function refuseTwice(groups: readonly WeightGroup[]): void {
  const seen = new Set<string>();
  for (const { name, group = "model" } of groups.flatMap(({ weights }) => weights)) {
    const key = `${group} ${name}`;
    if (seen.has(key))
      throw refuseModel("must name each weight once in its weightsManifest; save the model again", name);
    seen.add(key);
  }
}
