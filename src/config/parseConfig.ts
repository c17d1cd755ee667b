import type { z } from "zod";
import { InputError, printValue } from "./inputError.ts";
import { type Config, configSchema, type ModelConfig } from "./schema.ts";

/** Pictures are kept in memory as float32; more than this is refused rather than left to crash. */
const MOST_PICTURE_BYTES = 4 * 1024 ** 3;
/** A larger network or batch does not fit the 4 GiB that a WebAssembly memory can reach, with room for its gaps. */
const MOST_WEIGHTS = 50_000_000;
const MOST_STEP_BYTES = 3 * 1024 ** 3;
/** Tensors as large as a weight at the peak of a step: it, its gradient, two moments and their successors. */
const COPIES_OF_A_WEIGHT = 7;

/**
 * Checks a config against the schema, fills in every default and checks what fields demand of each other.
 *
 * @throws {InputError} naming the first field that breaks a rule.
 */
export function parseConfig(input: unknown): Config {
  const parsed = configSchema.safeParse(input);
  if (!parsed.success) throw schemaError(parsed.error, input);
  checkAcrossFields(parsed.data);
  return parsed.data;
}

function schemaError(error: z.ZodError, input: unknown): InputError {
  const issue = error.issues[0] as z.core.$ZodIssue;
  if (issue.code === "unrecognized_keys") {
    const key = issue.keys[0] as string;
    return new InputError({
      code: "unknown-key",
      field: printPath([...issue.path, key]),
      message: `is not a key of ${printPath(issue.path)}; remove it or correct its name`,
      got: valueAt(input, [...issue.path, key]),
    });
  }
  const code = issue.code === "too_small" || issue.code === "too_big" ? "out-of-range" : "invalid-value";
  // The schema words every other rule itself.
  const noObject = issue.message.startsWith("Invalid input") && issue.code === "invalid_type";
  const message = noObject ? "must be a JSON object, such as {}" : issue.message;
  return new InputError({ code, field: printPath(issue.path), message, got: valueAt(input, issue.path) });
}

function printPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "config";
  return path
    .map((key, depth) =>
      typeof key === "number" ? `[${key}]` : `${depth ? "." : ""}${printKey(String(key))}`,
    )
    .join("");
}

/** A key as it stands, or quoted, on one short line, where it is no plain word. */
function printKey(key: string): string {
  return /^[\w-]{1,60}$/.test(key) ? key : printValue(key);
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, key)
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    input,
  );
}

/** Side of the square feature map after each convolution, first to last, in pixels. */
export function featureMapSizes(model: ModelConfig): number[] {
  let side = model.imageSize;
  return model.filters.map(() => {
    const reach = model.padding === "same" ? side : side - model.kernelSize + 1;
    side = Math.ceil(reach / model.strides);
    return side;
  });
}

function checkAcrossFields(config: Config): void {
  const { model, data } = config;
  if (data.boxSize >= model.imageSize) {
    throw new InputError({
      code: "out-of-range",
      field: "data.boxSize",
      message: `must be smaller than model.imageSize, ${model.imageSize}, so that the box has room to move; lower it or enlarge the picture`,
      got: data.boxSize,
    });
  }
  checkFeatureMaps(model);
  checkMemory(config);
}

function checkFeatureMaps(model: ModelConfig): void {
  const vanished = featureMapSizes(model).findIndex((side) => side < 1);
  if (vanished === -1) return;
  throw new InputError({
    code: "out-of-range",
    field: `model.filters[${vanished}]`,
    message: `is a convolution with nothing left to read: kernelSize ${model.kernelSize} with "valid" padding has used up the picture; remove it, shrink kernelSize or use "same"`,
    got: model.filters[vanished],
  });
}

function checkMemory({ model, data, training }: Config): void {
  const pictureBytes = model.imageSize ** 2 * model.channels * 4;
  const pictures = data.examples + data.heldOut;
  if (pictures * pictureBytes > MOST_PICTURE_BYTES) {
    throw new InputError({
      code: "too-large",
      field: data.examples >= data.heldOut ? "data.examples" : "data.heldOut",
      message: `must leave the pictures (examples and heldOut together) within ${MOST_PICTURE_BYTES / 1024 ** 3} GiB, ${Math.floor(MOST_PICTURE_BYTES / pictureBytes)} pictures of this size`,
      got: Math.max(data.examples, data.heldOut),
    });
  }
  const { weights, activations } = footprint(model);
  if (weights > MOST_WEIGHTS) {
    throw new InputError({
      code: "too-large",
      field: "model.filters",
      message: `must, with hiddenUnits, leave the network at most ${MOST_WEIGHTS} weights (this one has ${weights}); make it narrower`,
      got: model.filters,
    });
  }
  const bytesOfExample = activations * copiesOfAnActivation(model) * 4;
  const mostExamples = Math.floor((MOST_STEP_BYTES - weights * COPIES_OF_A_WEIGHT * 4) / bytesOfExample);
  if (Math.min(training.batchSize, data.examples) > mostExamples) {
    throw new InputError({
      code: "too-large",
      field: "training.batchSize",
      message: `must leave a training step within ${MOST_STEP_BYTES / 1024 ** 3} GiB, ${mostExamples} examples for this network; lower it or make the network narrower`,
      got: training.batchSize,
    });
  }
}

/**
 * Tensors as large as a layer's output at the peak of a training step, forward and back, for each layer:
 * measured as 4 with relu or none, up to 5.4 with another activation, 20 with batch normalisation.
 */
function copiesOfAnActivation({ batchNorm, activation }: ModelConfig): number {
  if (batchNorm) return 20;
  return activation === "relu" || activation === "linear" ? 4 : 6;
}

/** Trainable weights of the network, and numbers in its layers' outputs for one picture. */
function footprint(model: ModelConfig): { weights: number; activations: number } {
  let weights = 0;
  let channels: number = model.channels;
  let activations = model.imageSize ** 2 * channels;
  let features = activations;
  featureMapSizes(model).forEach((side, layer) => {
    const filters = model.filters[layer] as number;
    weights += model.kernelSize ** 2 * channels * filters + filters;
    channels = filters;
    features = side ** 2 * filters;
    activations += features;
  });
  for (const units of [...model.hiddenUnits, 2]) {
    weights += features * units + units;
    features = units;
    activations += units;
  }
  return { weights, activations };
}
