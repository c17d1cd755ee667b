// Which numbers of an output are judged one by one.

import { expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { commonOutputs } from "../../../src/judging/outcome/commonOutputs.ts";

const EXAMPLES = 100;

/** Targets whose last number varies by so much, where the others vary by 1. */
function quality(outputs: number, ofLast: number) {
  const random = seedStream(3, "spec/commonOutputs");
  const targets = Float32Array.from({ length: EXAMPLES * outputs }, (_, at) =>
    at % outputs === outputs - 1 ? ofLast * random.uniform() : random.uniform(),
  );
  return { examples: EXAMPLES, targets };
}

test("a point of a spectrum that hardly varies beside the others is not judged alone", () => {
  expect(commonOutputs(quality(20, 0.05))).not.toContain(19);
  expect(commonOutputs(quality(20, 0.2))).toContain(19);
});

test("each of a few numbers is judged, in whatever unit it is", () => {
  expect(commonOutputs(quality(3, 0.0001))).toEqual([0, 1, 2]);
});

test("a number that is the same but for a few examples is not judged alone", () => {
  const { targets } = quality(2, 0);
  targets[1] = 1;
  expect(commonOutputs({ examples: EXAMPLES, targets })).toEqual([0]);
});
