// The file of a training that learnproof did not run itself: one JSON object a line, written while it trains.

import { z } from "zod";
import { readWhole } from "../../foundation/files/readWhole.ts";
import { InputError } from "../../foundation/input/inputError.ts";

const MOST_BYTES = 256 * 1024 ** 2;
/** Null stands for a number that is not finite, which JSON cannot hold. */
const number = z.number().nullable();
const size = z.number().min(0).nullable();

const layer = z.object({
  layer: z.string(),
  /** Norm of the layer's gradient. */
  gradientNorm: size.optional(),
  /** Norm of the step's update over the norm of the weights before it. */
  updateRatio: size.optional(),
  /** Share of the units that are 0 for every example of the batch. */
  deadFraction: z.number().min(0).max(1).nullable().optional(),
});

const line = z.object({
  /** Updates made before. */
  step: z.number().int().min(0),
  loss: number,
  /** Variance of the predictions for some examples, averaged over the outputs. */
  predictionVariance: size.optional(),
  /** The same of their targets. */
  targetVariance: size.optional(),
  meanSquaredError: size.optional(),
  layers: z.array(layer).optional(),
});

/** One measured step of a training. */
export type TraceLine = z.output<typeof line>;

/**
 * Reads a trace.
 *
 * @throws {InputError} if the file cannot be read, holds no step, or has a line that is none; it names the line.
 */
export function readTrace(path: string): readonly TraceLine[] {
  const { bytes } = readWhole(path, { what: "a trace.jsonl", mostBytes: MOST_BYTES });
  const lines = bytes.toString("utf8").split("\n");
  // The last line of a training that was killed may be cut off.
  const isWhole = lines.at(-1)?.trim() === "";
  const steps = lines.flatMap((text, at) => {
    if (text.trim() === "") return [];
    const parsed = line.safeParse(parse(text));
    if (parsed.success) return [parsed.data];
    if (!isWhole && at === lines.length - 1) return [];
    const [issue] = parsed.error.issues;
    throw refusal(
      `${path}:${at + 1}`,
      `must be an object with step and loss, as watch() writes it (${issue?.path.join(".") || "the line"}: ${issue?.message}); write the trace again`,
      text.slice(0, 100),
    );
  });
  if (steps.length === 0)
    throw refusal(path, "must hold at least one measured step; call watch() in the training", "no step");
  return steps.sort((a, b) => a.step - b.step);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function refusal(field: string, message: string, got: unknown): InputError {
  return new InputError({ code: "invalid-trace", field, message, got });
}
