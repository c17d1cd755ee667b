import { describe, expect, test } from "vitest";
import { changeConfig } from "../../../src/learning/config/changeConfig.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { changedFields } from "../../../src/report/html/changedFields.ts";

const before = parseConfig({ subject: "dense", training: { optimizer: { name: "sgd", learningRate: 1 } } });

describe("the fields that a cure changes", () => {
  test.each([
    [{ "training.optimizer.learningRate": 0.1 }, { training: { optimizer: { learningRate: 0.1 } } }],
    [
      { "data.examples": 77, "training.steps": 7 },
      { data: { examples: 77 }, training: { steps: 7 } },
    ],
    // A loss of another name has other fields: it is given whole.
    [{ "training.loss": { name: "huber", delta: 2 } }, { training: { loss: { name: "huber", delta: 2 } } }],
  ])("%j stand alone, nested as a config is", (values, nested) => {
    const after = changeConfig(before, values)?.config;

    expect(after && changedFields(before, after)).toMatchObject(nested);
    expect(Object.keys((after && changedFields(before, after)) ?? {})).toEqual(Object.keys(nested));
  });

  test("are none where nothing changes: the twin", () => {
    expect(changedFields(before, before)).toEqual({});
  });
});
