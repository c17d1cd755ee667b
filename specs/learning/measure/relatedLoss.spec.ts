import {
  add,
  div,
  equal,
  matMul,
  max,
  maximum,
  mean,
  min,
  mul,
  norm,
  notEqual,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  transpose,
} from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { resolveWhat } from "../../../src/judging/check/what/what.ts";
import { measureLossDirection } from "../../../src/judging/evidence/loss/lossDirection.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { targetParts } from "../../../src/learning/subject/parts.ts";
import type { SubjectDefinition } from "../../../src/learning/subject/subjectDefinition.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { uniform } from "../subject/severalParts.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const COUNT = 48;
const CLASSES = 3;
const WIDTH = 4;
const classOf = (row: number) => row % CLASSES;

/** The farthest example of an answer's own class has to lie nearer than the nearest of another one, by 1. */
function hardestOfAll(targets: Tensor, answers: Tensor): Tensor {
  const sizes = sum(square(answers), 1, true);
  const squares = sub(add(sizes, transpose(sizes)), mul(2, matMul(answers, answers, false, true)));
  const distances = sqrt(maximum(squares, 1e-12));
  const same = equal(targets, transpose(targets)).toFloat();
  const other = notEqual(targets, transpose(targets)).toFloat();
  const farthest = max(mul(distances, same), 1);
  const nearest = min(add(mul(distances, other), mul(max(distances), same)), 1);
  return mean(maximum(add(sub(farthest, nearest), 1), 0));
}

const metric = (loss: unknown) =>
  defineSubject({
    name: "metric",
    buildModel: () => sequential({ layers: [layers.dense({ inputShape: [2], units: WIDTH })] }),
    examples: {
      train: {
        inputs: { shape: [COUNT, 2], values: uniform(COUNT * 2, "metric") },
        targets: {
          shape: [COUNT, 1],
          values: Float32Array.from({ length: COUNT }, (_, row) => classOf(row)),
        },
      },
    },
    loss,
    training: { batchSize: 12, steps: 4 },
  } as unknown as SubjectDefinition);

test("a loss that compares the answers of a batch is asked about as many as a batch has", async () => {
  const { subject } = await resolveWhat(metric(hardestOfAll));
  const [part] = targetParts(subject.train);
  const apart = Float32Array.from({ length: COUNT * WIDTH }, (_, at) =>
    at % WIDTH === classOf(Math.floor(at / WIDTH)) ? 5 : 0,
  );
  // One example of the first batch lies among those of another class.
  apart.set(apart.subarray(WIDTH, 2 * WIDTH), 0);

  const { ownTargets } = subject.train;
  const errors = await part?.measure?.errorsOf(ownTargets as Float32Array, apart);

  expect(part?.areRelated).toBe(true);
  const [first, ...others] = [0, 12, 24, 36].map((row) => errors?.[row] as number);
  expect(others.every((error) => error === others[0])).toBe(true);
  expect(first).toBeGreaterThan(others[0] as number);
  expect((await part?.measure?.best())?.isBottomless).toBe(false);
});

test("where it is no number for outputs of zero, another constant is its best", async () => {
  const byDirection = (y: Tensor, p: Tensor) => hardestOfAll(y, div(p, norm(p, 2, 1, true)));
  const { subject } = await resolveWhat(metric(byDirection));
  const best = await targetParts(subject.train)[0]?.measure?.best();

  expect(best?.row).toHaveLength(WIDTH);
  expect(Number.isFinite(best?.error)).toBe(true);
});

test("it reads its targets, also where nothing but their equality counts", async () => {
  const { subject } = await resolveWhat(metric(hardestOfAll));
  const [part] = targetParts(subject.train);
  const direction = await measureLossDirection(hardestOfAll as never, part as never);

  expect(direction).toMatchObject({ ignoresTargets: false, ignoredOutputs: [] });
});

test("an error that broadcasts its targets compares no examples: the twin", async () => {
  const { subject } = await resolveWhat(metric((y: Tensor, p: Tensor) => mean(square(sub(y, p)))));

  expect(targetParts(subject.train)[0]?.areRelated).toBeUndefined();
});
