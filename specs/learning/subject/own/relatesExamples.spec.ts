import {
  abs,
  equal,
  exp,
  log,
  matMul,
  mean,
  mul,
  neg,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  transpose,
} from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { relatesExamples } from "../../../../src/learning/subject/own/relatesExamples.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const labels = { values: Float32Array.from([0, 1, 2, 0, 1, 1, 2, 0]), shape: [8, 1] };
const alike = (targets: Tensor) => equal(targets, transpose(targets)).toFloat();
const asked = (loss: (targets: Tensor, answers: Tensor) => Tensor, targets = labels) =>
  relatesExamples(loss, targets, [4]);

test.each([
  [
    "a contrastive loss",
    (targets: Tensor, answers: Tensor) => {
      const likeness = matMul(answers, answers, false, true);
      const shares = sub(likeness, log(sum(exp(likeness), 1, true)));
      return neg(mean(mul(alike(targets), shares)));
    },
  ],
  [
    "distances within a class",
    (targets: Tensor, answers: Tensor) => {
      const sizes = sum(square(answers), 1, true);
      const distances = sub(sizes.add(transpose(sizes)), mul(2, matMul(answers, answers, false, true)));
      return mean(mul(alike(targets), distances));
    },
  ],
])("%s relates the examples to each other", (_name, loss) => {
  expect(asked(loss)).toBe(true);
});

test.each([
  ["an error that broadcasts a target over all answers", (y: Tensor, p: Tensor) => mean(square(sub(y, p)))],
  ["the root of such an error", (y: Tensor, p: Tensor) => sqrt(mean(square(sub(y, p))))],
  ["a loss that reads no targets", (_: Tensor, p: Tensor) => mean(abs(p))],
  [
    "an error of all targets against all answers",
    (y: Tensor, p: Tensor) => mean(square(sub(transpose(y), mean(p, 1, true)))),
  ],
  [
    "a loss that throws",
    () => {
      throw new Error("no");
    },
  ],
])("%s does not", (_name, loss) => {
  expect(asked(loss)).toBe(false);
});

test("of examples of one class alone nothing is known", () => {
  const same = { ...labels, values: new Float32Array(8) };
  expect(asked((targets, p) => mean(mul(alike(targets), matMul(p, p, false, true))), same)).toBe(false);
});
