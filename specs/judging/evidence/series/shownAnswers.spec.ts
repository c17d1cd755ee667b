// A decoder that is shown each answer at its own position has nothing to predict. One that is shown the answers a step
// later is sound, and so is an autoencoder.

import { expect, test } from "vitest";
import { findShownAnswers } from "../../../../src/judging/evidence/series/shownAnswers.ts";
import type { Examples } from "../../../../src/learning/subject/examples.ts";
import { delayInput } from "../../../../src/learning/subject/own/delayInput.ts";

const STEPS = 5;
const CLASSES = 4;
const ROWS = 20;

const source = Array.from({ length: ROWS }, (_, row) =>
  Array.from({ length: STEPS }, (_, step) => (3 * row + step * step + ((row * step) % 3)) % CLASSES),
);
const answers = source.map((row) => [...row].reverse());
const later = answers.map((row) => [0, ...row.slice(0, -1)]);
const oneHot = (rows: readonly (readonly number[])[]) =>
  rows.map((row) =>
    row.flatMap((token) => Array.from({ length: CLASSES }, (_, one) => Number(one === token))),
  );

interface Given {
  readonly name: string;
  readonly rows: readonly (readonly number[])[];
  readonly shape: readonly number[];
}

function examplesOf(inputs: readonly Given[]): Examples {
  return {
    inputs: Float32Array.from(source.flatMap((_, row) => inputs.flatMap(({ rows }) => rows[row] ?? []))),
    inputShape: [inputs.reduce((total, { rows }) => total + (rows[0]?.length ?? 0), 0)],
    inputParts: inputs.map(({ name, shape }) => ({ name, shape })),
    targets: Float32Array.from(oneHot(answers).flat()),
    outputs: STEPS * CLASSES,
    targetParts: [{ name: "words", shape: [STEPS, CLASSES], classification: true }],
    classification: true,
    count: ROWS,
  };
}

const encoder: Given = { name: "encoder", rows: source, shape: [STEPS] };
const tokens = (rows: readonly (readonly number[])[]): Given => ({ name: "decoder", rows, shape: [STEPS] });
const spread = (rows: readonly (readonly number[])[]): Given => ({
  name: "decoder",
  rows: oneHot(rows),
  shape: [STEPS, CLASSES],
});

test.each([
  ["tokens", tokens(answers)],
  ["one-hot", spread(answers)],
])("finds the input that shows the answers as %s", (_, decoder) => {
  expect(findShownAnswers(examplesOf([encoder, decoder]))).toEqual({ place: 1, name: "decoder" });
  expect(findShownAnswers(examplesOf([decoder, encoder]))).toEqual({ place: 0, name: "decoder" });
});

test.each([
  ["tokens of the step before", [encoder, tokens(later)]],
  ["one-hot of the step before", [encoder, spread(later)]],
  ["an autoencoder", [tokens(answers)]],
  [
    "an autoencoder that is given a label",
    [tokens(answers), { name: "label", rows: source.map(() => [1]), shape: [1] }],
  ],
  ["two other sequences", [encoder, tokens(source)]],
] as const)("finds nothing in %s", (_, inputs) => {
  expect(findShownAnswers(examplesOf(inputs))).toBeNull();
});

test("finds nothing once that input shows each answer a step later", () => {
  for (const decoder of [tokens(answers), spread(answers)]) {
    const delayed = delayInput(examplesOf([encoder, decoder]), 1);
    expect(findShownAnswers(delayed)).toBeNull();
    expect(delayed.inputs.slice(0, STEPS)).toEqual(Float32Array.from(source[0] ?? []));
  }
  const shown = delayInput(examplesOf([encoder, tokens(answers)]), 1).inputs;
  expect(shown).toEqual(examplesOf([encoder, tokens(later)]).inputs);
});
