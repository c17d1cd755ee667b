import { expect, test } from "vitest";
import type { Examples } from "../../../../src/learning/subject/examples.ts";
import { readerOf } from "../../../../src/learning/subject/own/readInputs.ts";

function rows(inputs: readonly number[], targets: readonly number[] = []): Examples {
  return {
    count: inputs.length / 2,
    inputShape: [2],
    outputs: 1,
    inputs: Float32Array.from(inputs),
    targets: Float32Array.from(targets),
  };
}

test("names become the mean targets of the training rows of the same name, and unknown ones what is usual", () => {
  const train = rows([7, 1, 3, 1, 7, 2, 3, 2], [10, 2, 12, 4]);

  const read = readerOf(train, [{ as: "names", place: 0 }]);

  expect([...read(rows([7, 5, 3, 6, 99, 7])).inputs]).toEqual([1, 5, -1, 6, 0, 7]);
});

test("times become their place in a round, also before the first one", () => {
  const read = readerOf(rows([0, 0]), [{ as: "round", place: 1, least: 100, step: 10, period: 4 }]);

  expect([...read(rows([1, 100, 1, 110, 1, 160, 1, 90])).inputs]).toEqual([1, -1, 1, -0.5, 1, 0, 1, 0.5]);
});

test("codes of one input become whole again, and the numbers of the other stay", () => {
  const parts = [
    { name: "user", shape: [1] },
    { name: "income", shape: [1] },
  ];
  const table = { ...rows([0.2, 0.5, 0.4, 0.1]), inputParts: parts };

  const read = readerOf(table, [{ as: "codes", step: 0.2, input: 0 }]);

  expect([...read(table).inputs]).toEqual([...Float32Array.from([1, 0.5, 2, 0.1])]);
});

test("codes that were divided by a number are whole again at every place", () => {
  const read = readerOf(rows([0, 0]), [{ as: "codes", step: 0.1 }]);

  expect([...read(rows([0.1, 0.9, 0, 0.3])).inputs]).toEqual([1, 9, 0, 3]);
});
