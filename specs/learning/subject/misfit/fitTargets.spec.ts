import { describe, expect, test } from "vitest";
import type { Examples } from "../../../../src/learning/subject/examples.ts";
import { fitTargets } from "../../../../src/learning/subject/misfit/fitTargets.ts";

function examplesOf(shape: number[], targets: number[], classification = false): Examples {
  const size = shape.reduce((product, side) => product * side, 1);
  const count = targets.length / size;
  return {
    count,
    inputShape: [1],
    inputs: new Float32Array(count),
    outputs: size,
    targets: Float32Array.from(targets),
    classification,
    ...(shape.length > 1 && { targetParts: [{ name: "output 0", shape, classification }] }),
  };
}

function fittedTo(wanted: number | number[], of: Examples) {
  const { targets, misfit, outputs } = fitTargets(of, wanted);
  return { targets: [...targets], how: misfit?.how, outputs };
}

describe("targets of another shape than the output", () => {
  test.each([
    ["a single one is repeated", [1], [5, 7], 2, [5, 5, 7, 7], "repeated"],
    ["several are averaged for one output", [2], [1, 3, 5, 7], 1, [2, 6], "averaged"],
    ["steps are averaged for one output", [2, 1], [1, 3, 5, 7], 1, [2, 6], "averaged"],
    ["leading axes are averaged", [2, 2], [1, 2, 3, 4], 2, [2, 3], "averaged"],
    ["they are repeated at each position", [2], [1, 2], [2, 2], [1, 2, 1, 2], "at each position"],
    ["as many are taken in order", [2, 2], [1, 2, 3, 4], 4, [1, 2, 3, 4], "in order"],
    ["what both have is kept", [3], [1, 2, 3], 2, [1, 2], "cut"],
    ["what the targets lack is zero", [2], [1, 2], 3, [1, 2, 0], "cut"],
    ["places that both have are kept", [2, 2], [1, 2, 3, 4], [3, 1], [1, 3, 0], "cut"],
  ] as const)("%s", (_, shape, targets, wanted, fitted, how) => {
    const found = fittedTo(wanted as number | number[], examplesOf([...shape], [...targets]));

    expect(found).toMatchObject({ targets: fitted, how });
  });

  test("classes that no unit stands for are left out, at each position", () => {
    const of = examplesOf([2, 3], [1, 0, 0, 0, 0, 1], true);

    expect(fittedTo([2, 2], of)).toMatchObject({ targets: [1, 0, 0, 0], how: "without classes" });
  });

  test("an axis of 1 at the end makes no difference", () => {
    expect(fittedTo([2, 1], examplesOf([2], [1, 2]))).toMatchObject({ targets: [1, 2], how: undefined });
    expect(fittedTo(2, examplesOf([2, 1], [1, 2]))).toMatchObject({ targets: [1, 2], how: undefined });
  });

  test("each of several outputs is fitted by itself", () => {
    const of: Examples = {
      ...examplesOf([3], [1, 2, 3, 4, 5, 6]),
      targetParts: [
        { name: "plain", shape: [2], classification: false },
        { name: "wide", shape: [1], classification: false },
      ],
    };
    const { targets, misfit, outputs, targetParts } = fitTargets(of, [[2], [2]]);

    expect([...targets]).toEqual([1, 2, 3, 3, 4, 5, 6, 6]);
    expect(outputs).toBe(4);
    expect(targetParts?.map(({ name, shape }) => [name, shape])).toEqual([
      ["plain", [2]],
      ["wide", [2]],
    ]);
    expect(misfit).toEqual({ how: "repeated", targets: [1], part: 1 });
  });

  test("those that fit stay as they are", () => {
    const of = examplesOf([2], [1, 2]);

    expect(fitTargets(of, 2)).toBe(of);
    expect(fitTargets(of, undefined)).toBe(of);
  });
});
