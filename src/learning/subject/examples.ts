export type ExampleSet = "train" | "heldOut";

/** A set of examples, in memory as plain arrays so that no engine has to hold all of it. */
export interface Examples {
  readonly count: number;
  /** Shape of one input, such as `[32, 32, 3]` (height, width, channels). */
  readonly inputShape: readonly number[];
  /** Numbers in one target, such as 2 for (x, y). */
  readonly outputs: number;
  /** `[count, ...inputShape]`, float32, row by row. */
  readonly inputs: Float32Array;
  /** `[count, outputs]`, float32, row by row. */
  readonly targets: Float32Array;
  /** Whether the targets are classes: 0 or 1 for one output, one-hot for more. @defaultValue false */
  readonly classification?: boolean;
}

/** Returns the first `count` examples, which share memory with the set. */
export function firstExamples(examples: Examples, count: number): Examples {
  const kept = Math.min(count, examples.count);
  const inputSize = examples.inputShape.reduce((product, side) => product * side, 1);
  return {
    ...examples,
    count: kept,
    inputs: examples.inputs.subarray(0, kept * inputSize),
    targets: examples.targets.subarray(0, kept * examples.outputs),
  };
}

/** Copies the examples at `indices`, in that order. */
export function gather(examples: Examples, indices: ArrayLike<number>): Examples {
  const inputSize = examples.inputs.length / examples.count;
  const inputs = new Float32Array(indices.length * inputSize);
  const targets = new Float32Array(indices.length * examples.outputs);
  for (let row = 0; row < indices.length; row++) {
    const index = indices[row] as number;
    inputs.set(examples.inputs.subarray(index * inputSize, (index + 1) * inputSize), row * inputSize);
    targets.set(
      examples.targets.subarray(index * examples.outputs, (index + 1) * examples.outputs),
      row * examples.outputs,
    );
  }
  return { ...examples, count: indices.length, inputs, targets };
}
