import { parseFormula } from "../../foundation/numbers/formula.ts";
import { seedStream } from "../../foundation/random/seedStream.ts";
import type { DenseConfig } from "../config/schema.ts";
import type { ExampleSet, Examples } from "./examples.ts";
import { standardiseExamples } from "./standardise.ts";

/**
 * Draws the examples of one set: inputs `[count, inputs]`, each number even over `inputRange`, targets
 * `[count, outputs]`, the formulas' values with their noise.
 *
 * Classes: a single formula gives the class's number (rounded; true is 1), several give a score each, of which the
 * greatest wins. The target is then 0 or 1 for one output, one-hot for more. The first n examples of a set are the
 * same whatever its size.
 */
export function drawFormulaExamples(config: DenseConfig, set: ExampleSet): Examples {
  return standardiseExamples(drawAsWritten(config, set), () => drawAsWritten(config, "train"), config.data);
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
    const values = formulas.map((formula) => formula(input) + data.noise * (2 * noise.uniform() - 1));
    targets.set(data.classification ? classOf(values, model.outputs) : values, example * model.outputs);
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

/** The class that the values name, 0 or 1 or one-hot over `outputs`. */
function classOf(values: readonly number[], outputs: number): number[] {
  const number = values.length === 1 ? Math.round(values[0] as number) : values.indexOf(Math.max(...values));
  const index = Math.min(Math.max(number, 0), Math.max(outputs - 1, 1));
  return outputs === 1 ? [index] : Array.from({ length: outputs }, (_, output) => (output === index ? 1 : 0));
}
