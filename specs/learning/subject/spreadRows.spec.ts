import { describe, expect, test } from "vitest";
import { spreadRows } from "../../../src/learning/subject/spreadRows.ts";

function examples(targets: number[][]) {
  const outputs = targets[0]?.length ?? 1;
  const count = targets.length;
  return {
    count,
    inputShape: [1],
    outputs,
    inputs: new Float32Array(count),
    targets: Float32Array.from(targets.flat()),
  };
}

describe("rows spread over the targets", () => {
  test("reach from one end of sorted targets to the other", () => {
    const rows = spreadRows(examples(Array.from({ length: 100 }, (_, row) => [row])), 4);

    expect(rows).toEqual([12, 37, 62, 87]);
  });

  test("take each class of a file that is sorted by class", () => {
    const oneHot = Array.from({ length: 90 }, (_, row) =>
      [0, 1, 2].map((kind) => Number(kind === Math.floor(row / 30))),
    );
    const classes = new Set(spreadRows(examples(oneHot), 6).map((row) => Math.floor(row / 30)));

    expect(classes.size).toBe(3);
  });

  test("are all where there are no more, each once", () => {
    expect(spreadRows(examples([[3], [3], [1]]), 16)).toEqual([0, 1, 2]);
  });
});
