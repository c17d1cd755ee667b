import { add, div, exp, mean, slice, square, sub, type Tensor } from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { createSubject } from "../../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../../src/learning/subject/defineSubject.ts";
import { MisfitError } from "../../../../src/learning/subject/misfit/misfit.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

type Loss = (targets: Tensor, predictions: Tensor) => Tensor;

async function refusalOf(loss: Loss): Promise<unknown> {
  const subject = defineSubject({
    name: "two-outputs",
    loss,
    examples: { train: { inputs: [[0], [1], [2], [3]], targets: [0.5, 1, 3, 2] } },
    buildModel: () => sequential({ layers: [layers.dense({ inputShape: [1], units: 2 })] }),
  });
  const { buildModel } = await createSubject(subject.config());
  try {
    await buildModel(1);
    return null;
  } catch (error) {
    return error;
  }
}

/** The outputs are a mean and the logarithm of a variance. */
const likelihood: Loss = (targets, predictions) => {
  const column = (at: number) => slice(predictions, [0, at], [-1, 1]);
  return mean(add(column(1), div(square(sub(targets, column(0))), exp(column(1)))));
};

test("outputs that a loss of one's own tells apart are no misfit, and are refused with the next step", async () => {
  const error = await refusalOf(likelihood);

  expect(error).not.toBeInstanceOf(MisfitError);
  expect(String(error)).toContain("reads outputs of shape [2] for targets of shape [1], each in its own way");
});

test("outputs that it compares with every target alike are one: the twin", async () => {
  const broadcast: Loss = (targets, predictions) => mean(square(sub(targets, predictions)));

  expect(await refusalOf(broadcast)).toBeInstanceOf(MisfitError);
});
