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

  test("get the scale of training once their colours stand in its order", () => {
    const pictures = examples([1, 1, 3], [0, 10, 40, 2, 14, 48, 4, 18, 56, 6, 22, 64], 4);
    const shown = pictures.inputs.map((_, at) => {
      const value = pictures.inputs[at - (at % 3) + 2 - (at % 3)] as number;
      return (value - 30) / 10;
    });
    const back = prepare({ ...pictures, inputs: shown }, pictures, "channelsAndScale")?.inputs;
    pictures.inputs.forEach((value, at) => {
      expect(back?.[at]).toBeCloseTo(value, 3);
    });
    const grey = examples([2, 2, 1], [1, 2, 3, 4]);
    expect(prepare(grey, grey, "channelsAndScale")).toBeNull();
  });

  test("get zeros at the other end, where they have any", () => {
    const rows = examples([4], [5, 6, 0, 0, 0, 0, 0, 7], 2);
    expect([...(prepare(rows, rows, "padding")?.inputs ?? [])]).toEqual([0, 0, 5, 6, 7, 0, 0, 0]);
    const full = examples([2], [5, 6]);
    expect(prepare(full, full, "padding")).toBeNull();
  });

  test("get the codes of training in the columns that were encoded anew, in each of several inputs", () => {
    const rows = {
      ...examples([3], [0, 7, 1, 1, 0, 0], 2),
      inputParts: [
        { name: "town", shape: [1] },
        { name: "others", shape: [2] },
      ],
    };
    const pairs = [
      [0, 3],
      [1, 0],
    ] as const;
    const recoded = (part: number, column: number) =>
      prepare(rows, rows, "codes", { recoded: [{ part, column, pairs }] })?.inputs;
    expect([...(recoded(0, 0) ?? [])]).toEqual([3, 7, 1, 0, 0, 0]);
    expect([...(recoded(1, 1) ?? [])]).toEqual([0, 7, 0, 1, 0, 3]);
    expect(prepare(rows, rows, "codes", { recoded: [] })).toBeNull();
  });

  test("get the numbers that their words have in training, where the script numbered them anew", () => {
    const texts = examples([3], [2, 5, 0, 5, 2, 4], 2);
    const pairs = [
      [2, 5],
      [5, 3],
    ] as const;
    expect([...(prepare(texts, texts, "words", { renumbered: pairs })?.inputs ?? [])]).toEqual([
      5, 3, 0, 3, 5, 4,
    ]);
    expect(prepare(texts, texts, "words", { renumbered: null })).toBeNull();
  });

  test("get their columns in the order of training, and 0 for one that they lack", () => {
    const table = examples([3], [1, 2, 3, 4, 5, 6], 2);
    const back = prepare(table, table, "columns", { movedColumns: [2, -1, 0] });
    expect([...(back?.inputs ?? [])]).toEqual([3, 0, 1, 6, 0, 4]);
    expect(prepare(table, table, "columns", { movedColumns: null })).toBeNull();
  });

  test("get two inputs exchanged, where each then lies within what it is in training", () => {
    const parts = [
      { name: "user", shape: [1] },
      { name: "film", shape: [1] },
    ];
    const train = { ...examples([2], [0, 3, 5, 0, 2, 5], 3), inputParts: parts };
    const asked = { ...examples([2], [4, 1, 0, 2], 2), inputParts: parts };
    expect([...(prepare(asked, train, "inputs")?.inputs ?? [])]).toEqual([1, 4, 2, 0]);
    const beyond = { ...examples([2], [4, 9], 1), inputParts: parts };
    expect(prepare(beyond, train, "inputs")).toBeNull();
    expect(prepare(examples([2], [4, 1]), examples([2], [0, 3]), "inputs")).toBeNull();
  });

  describe("mirrored in the range of training", () => {
    /** Two pictures of four pixels, of which the first two are light. */
    const light = [0, 0.1, 0.2, 1, 0.1, 0, 0, 0.9];
    const pictures = examples([2, 2, 1], light, 2);
    const mirrored = (inputs: readonly number[], train = pictures) =>
      prepare({ ...train, inputs: Float32Array.from(inputs) }, train, "mirror")?.inputs;

    test("become as those of training where dark and light have changed places", () => {
      const back = mirrored(light.map((value) => 1 - value));
      light.forEach((value, at) => {
        expect(back?.[at]).toBeCloseTo(value, 5);
      });
    });

    test("stay as they are where they are alike, dark, on another scale or even about the middle", () => {
      expect(mirrored(light)).toBeUndefined();
      expect(mirrored(light.map((value) => value / 4))).toBeUndefined();
      expect(mirrored(light.map((value) => 255 * (1 - value)))).toBeUndefined();
      expect(mirrored(light.map((_, at) => at % 2))).toBeUndefined();
    });

    test("are rows of a table only where its columns have one range", () => {
      const table = examples([2], [0, 0.1, 1, 0.9, 0, 0.2, 0.1, 0], 4);
      const units = examples([2], [0, 100, 1, 900, 0, 200, 0.1, 0], 4);
      expect(mirrored([1, 0.9, 0, 0.1, 1, 0.8, 0.9, 1], table)).toBeDefined();
      expect(mirrored([900, 800, 899, 0, 900, 700, 900, 900], units)).toBeUndefined();
    });
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
    const signed = examples([2], [-1, 0.5]);
    expect(ways(large, signed)).toContain("signed");
    expect(ways(small, signed)).toContain("signed");
    expect(ways(signed, signed)).not.toContain("signed");
    expect([...(prepare(large, signed, "signed")?.inputs ?? [])]).toEqual([Math.fround(100 / 127.5 - 1), 1]);
    expect([...(prepare(small, signed, "signed")?.inputs ?? [])]).toEqual([0, 1]);
    expect(ways(large, large)).toEqual([]);
  });
});
