import { describe, expect, test } from "vitest";
import { countErrors } from "../../../../src/foundation/numbers/classError.ts";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { bagErrors } from "../../../../src/judging/evidence/reference/tokenBags.ts";

const [WORDS, LENGTH, ROWS] = [20, 12, 600];

/** What is left of classes that a row's words give. */
function leftOf(classOf: (words: readonly number[], chance: number) => number): number {
  const random = seedStream(3, "specs/tokenBags");
  const inputs = Float32Array.from({ length: ROWS * LENGTH }, () => random.below(WORDS));
  const targets = Float32Array.from({ length: ROWS }, (_, row) =>
    classOf([...inputs.subarray(row * LENGTH, (row + 1) * LENGTH)], random.uniform()),
  );
  const examples = { inputs, targets, count: ROWS, outputs: 1, inputShape: [LENGTH] };
  return Math.min(...bagErrors(examples, countErrors).map(({ errorOverPrior }) => errorOverPrior));
}

const isPraise = (words: readonly number[]) => words.filter((word) => word < WORDS / 2).length > LENGTH / 2;

describe("counts of a row's words", () => {
  test("tell what the words add up to, and leave the labels that chance has turned", () => {
    expect(leftOf((words) => Number(isPraise(words)))).toBeLessThan(0.2);
    const noisy = leftOf((words, chance) => Number(isPraise(words) !== chance < 0.2));
    expect(noisy).toBeGreaterThan(0.3);
    expect(noisy).toBeLessThan(0.75);
  });

  test("tell nothing of the order of the words, and so excuse nobody who is to tell it: the twin", () => {
    expect(leftOf(([first = 0, second = 0]) => Number(first < second))).toBeGreaterThan(0.75);
  });
});
