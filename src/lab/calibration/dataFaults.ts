// Faults of the data that no config can express, after DeepCrime's operators on training data.

import { seedStream } from "../../foundation/random/seedStream.ts";
import { gather } from "../../learning/subject/examples.ts";
import type { Subject } from "../../learning/subject/subject.ts";

/** Gives each training example the targets of the next one, as an index that is off by one does. */
export function withShiftedTargets(subject: Subject): Subject {
  const { train } = subject;
  const next = Uint32Array.from({ length: train.count }, (_, row) => (row + 1) % train.count);
  return { ...subject, train: { ...train, targets: gather(train, next).targets } };
}

/** Adds noise to the training targets, uniform within ± `times` the standard deviation of all targets. */
export function withNoisyTargets(subject: Subject, times: number): Subject {
  const { train, seed } = subject;
  const { targets } = train;
  const mean = targets.reduce((sum, target) => sum + target, 0) / targets.length;
  const deviation = Math.sqrt(
    targets.reduce((sum, target) => sum + (target - mean) ** 2, 0) / targets.length,
  );
  const noise = seedStream(seed, "calibration/targets");
  return {
    ...subject,
    train: {
      ...train,
      targets: targets.map((target) => target + times * deviation * (2 * noise.uniform() - 1)),
    },
  };
}

/** Adds `shift` to the inputs of both sets. */
export function withShiftedInputs(subject: Subject, shift: number): Subject {
  const shifted = <Set extends { readonly inputs: Float32Array }>(examples: Set): Set => ({
    ...examples,
    inputs: examples.inputs.map((value) => value + shift),
  });
  return { ...subject, train: shifted(subject.train), heldOut: subject.heldOut && shifted(subject.heldOut) };
}

/** Keeps the training examples of the commonest class alone; null where the targets are no classes. */
export function withOneClass(subject: Subject): Subject | null {
  const { train } = subject;
  if (!train.classification) return null;
  const rowsOf = new Map<string, number[]>();
  for (let row = 0; row < train.count; row++) {
    const key = train.targets.subarray(row * train.outputs, (row + 1) * train.outputs).join();
    rowsOf.set(key, [...(rowsOf.get(key) ?? []), row]);
  }
  const [commonest] = [...rowsOf.values()].sort((a, b) => b.length - a.length);
  return { ...subject, train: gather(train, Uint32Array.from(commonest ?? [])) };
}

/** Keeps the training examples whose first input is below the middle one; null where pictures are given. */
export function withHalfTheRange(subject: Subject): Subject | null {
  const { train } = subject;
  const width = train.inputs.length / train.count;
  if (train.inputShape.length > 1) return null;
  const first = (row: number) => train.inputs[row * width] as number;
  const rows = Array.from({ length: train.count }, (_, row) => row).sort((a, b) => first(a) - first(b));
  return { ...subject, train: gather(train, Uint32Array.from(rows.slice(0, rows.length >> 1))) };
}
