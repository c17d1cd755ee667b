import { InputError } from "../../foundation/input/inputError.ts";
import { type Formula, parseFormula } from "../../foundation/numbers/formula.ts";
import { seedStream } from "../../foundation/random/seedStream.ts";
import type { DenseConfig } from "../config/schema.ts";
import type { ExampleSet, Examples } from "./examples.ts";
import { standardiseExamples } from "./standardise.ts";

/**
 * Draws the examples of one set. Inputs `[count, inputs]` are uniform over `inputRange`; targets `[count, outputs]` are
 * the formulas' values plus noise.
 *
 * For classes, a single formula gives the class number (rounded; true is 1); several formulas give one score each, and
 * the greatest wins. The target is then 0 or 1 for one output, one-hot for more. The first n examples of a set are the
 * same whatever its size.
 *
 * @throws {InputError} if a formula's value is not a finite float32; the message gives the inputs of that value.
 */
export function drawFormulaExamples(config: DenseConfig, set: ExampleSet): Examples {
  const examples = drawAsWritten(config, set);
  const reference = () => (set === "train" ? examples : drawAsWritten(config, "train"));
  return standardiseExamples(examples, reference, config.data);
}

function drawAsWritten({ model, data, seed }: DenseConfig, set: ExampleSet): Examples {
  const count = set === "train" ? data.examples : data.heldOut;
  const formulas = data.formula.map((text) => parseFormula(text, model.inputs));
  const inputs = new Float32Array(count * model.inputs);
  const targets = new Float32Array(count * model.outputs);
  const places = seedStream(seed, `data/${set}/inputs`);
  const noise = seedStream(seed, `data/${set}/noise`);
  const [low, high] = data.inputRange;
  for (let example = 0; example < count; example++) {
    const input = inputs.subarray(example * model.inputs, (example + 1) * model.inputs);
    for (let index = 0; index < input.length; index++) input[index] = low + (high - low) * places.uniform();
    const values = valuesOf(formulas, data.formula, input);
    for (let index = 0; index < values.length; index++)
      values[index] = (values[index] as number) + data.noise * (2 * noise.uniform() - 1);
    const target = targets.subarray(example * model.outputs, (example + 1) * model.outputs);
    if (data.classification) markClass(target, values);
    else target.set(values);
  }
  return {
    count,
    inputShape: [model.inputs],
    outputs: model.outputs,
    inputs,
    targets,
    classification: data.classification,
  };
}

function valuesOf(formulas: readonly Formula[], texts: readonly string[], input: Float32Array): number[] {
  return formulas.map((formula, index) => {
    const value = formula(input);
    if (Number.isFinite(Math.fround(value))) return value;
    throw new InputError({
      code: "not-finite",
      field: `data.formula[${index}]`,
      message: `must give a number that float32 can hold, and gives ${printValueOf(value)} for ${inputsOf(texts[index] as string, input)}; change the formula, or data.inputRange`,
      got: texts[index],
    });
  });
}

function printValueOf(value: number): string {
  return Number.isFinite(value) ? value.toPrecision(3) : String(value);
}

/** Prints the first few inputs that a formula uses, with their values. */
function inputsOf(text: string, input: Float32Array): string {
  const names = [...new Set(text.match(/\bx\d+\b/g) ?? ["x0"])];
  const shown = names.slice(0, 5).map((name) => `${name} = ${input[Number(name.slice(1))]?.toPrecision(6)}`);
  return shown.join(", ") + (names.length > shown.length ? ", …" : "");
}

/** Writes the class that the formulas' values give, as 0 or 1 or one-hot, into a target of zeros. */
function markClass(target: Float32Array, values: readonly number[]): void {
  const number = values.length === 1 ? Math.round(values[0] as number) : greatest(values);
  const index = Math.min(Math.max(number, 0), Math.max(target.length - 1, 1));
  if (target.length === 1) target[0] = index;
  else target[index] = 1;
}

/** Returns the index of the greatest value; the first one among equals. */
function greatest(values: readonly number[]): number {
  return values.reduce((best, value, index) => (value > (values[best] as number) ? index : best), 0);
}
