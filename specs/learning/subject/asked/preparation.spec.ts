import { describe, expect, test } from "vitest";
import { prepare, preparedOtherwise } from "../../../../src/learning/subject/asked/preparation.ts";
import type { Examples } from "../../../../src/learning/subject/examples.ts";

function examples(inputShape: readonly number[], inputs: readonly number[], count = 1): Examples {
  return {
    count,
    inputShape,
    outputs: 1,
    inputs: Float32Array.from(inputs),
    targets: new Float32Array(count),
  };
}

describe("rows that were prepared otherwise", () => {
  test("get height and width exchanged in square pictures alone", () => {
    const picture = examples([2, 2, 1], [1, 2, 3, 4]);
    expect([...(prepare(picture, picture, "axes")?.inputs ?? [])]).toEqual([1, 3, 2, 4]);
    expect(prepare(examples([1, 4, 1], [1, 2, 3, 4]), picture, "axes")).toBeNull();
  });

  test("get their three colours reversed", () => {
    const picture = examples([1, 2, 3], [1, 2, 3, 4, 5, 6]);
    expect([...(prepare(picture, picture, "channels")?.inputs ?? [])]).toEqual([3, 2, 1, 6, 5, 4]);
    const grey = examples([2, 2, 1], [1, 2, 3, 4]);
    expect(prepare(grey, grey, "channels")).toBeNull();
  });

  test("get zeros at the other end, where they have any", () => {
    const rows = examples([4], [5, 6, 0, 0, 0, 0, 0, 7], 2);
    expect([...(prepare(rows, rows, "padding")?.inputs ?? [])]).toEqual([0, 0, 5, 6, 7, 0, 0, 0]);
    const full = examples([2], [5, 6]);
    expect(prepare(full, full, "padding")).toBeNull();
  });

  test("are divided by 255 only beside rows of a smaller scale", () => {
    const small = examples([2], [0.5, 1]);
    const large = examples([2], [100, 255]);
    const ofInputs = (how: string) => how !== "targets";
    const ways = (asked: Examples, train: Examples) =>
      preparedOtherwise(asked, train)
        .map(({ how }) => how)
        .filter(ofInputs);
    expect(ways(large, small)).toContain("over255");
    expect(ways(small, large)).toContain("times255");
    expect(ways(small, small)).toEqual(["scale"]);
    expect(ways(large, large)).toEqual([]);
  });
});
