import {
  input,
  type LayersModel,
  layers,
  model,
  type SymbolicTensor,
  sequential,
} from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { changeConfig } from "../../../../src/learning/config/changeConfig.ts";
import { createSubject } from "../../../../src/learning/subject/createSubject.ts";
import { type KeptWeights, keepsWeights } from "../../../../src/learning/subject/own/keptWeights.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";
import { defineProduct } from "../ownExamples.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

/** A base, here of weights that nobody seeds, within a model whose head is new. */
function withBase(): LayersModel {
  const base = sequential({
    name: "base",
    layers: [
      layers.dense({ inputShape: [2], units: 3, kernelInitializer: "glorotUniform", name: "features" }),
    ],
  });
  const given = input({ shape: [2] });
  const features = base.apply(given) as SymbolicTensor;
  const head = layers.dense({ units: 1, name: "head", kernelInitializer: "glorotUniform" });
  return model({ inputs: given, outputs: head.apply(features) as SymbolicTensor });
}

async function kernels(keepWeights: KeptWeights, changes: Parameters<typeof changeConfig>[1] = {}) {
  const own = defineProduct({ name: "kept", buildModel: withBase, keepWeights }).config();
  const config = changeConfig(own, changes)?.config ?? own;
  const built = await (await createSubject(config)).buildModel(1);
  const [base, , head] = built.getWeights().map((weight) => [...weight.dataSync()]);
  built.dispose();
  return { base, head };
}

describe("weights that are kept", () => {
  test("are those of the layers named, or within them; the seed draws the others", async () => {
    const [first, second] = [await kernels(["base"]), await kernels(["base"])];
    const drawn = [await kernels(false), await kernels(false)];

    // What buildModel draws comes from the run's seed, too, but not as the layers' own initializers would draw it.
    expect(first.base).toEqual(second.base);
    expect(first.base).not.toEqual(drawn[0]?.base);
    expect(first.head).toEqual(second.head);
    expect(drawn[0]).toEqual(drawn[1]);
    expect((await kernels(["features"])).base).not.toEqual(drawn[0]?.base);
  });

  test("are drawn anew for another initializer, which had no effect otherwise; those that a name keeps stay", async () => {
    const heNormal = { "rework.kernelInitializer": "heNormal" };
    const [kept, other] = [await kernels(true), await kernels(true, heNormal)];
    const [named, namedOther] = [await kernels(["base"]), await kernels(["base"], heNormal)];

    expect(other.head).not.toEqual(kept.head);
    expect(other.base).not.toEqual(kept.base);
    expect(namedOther.base).toEqual(named.base);
    expect(namedOther.head).not.toEqual(named.head);
  });

  test("must be of layers that there are", async () => {
    await expect(kernels(["bas"])).rejects.toThrow("keepWeights: must name layers of the model");
  });

  test.each([
    [["conv"], "conv_1", true],
    [["conv"], "conv", true],
    [["conv"], "convolution", false],
    [["conv1"], "conv10", false],
    [true, "head", true],
    [false, "head", false],
  ])("%j: %s %s", (kept, name, keeps) => {
    expect(keepsWeights(kept, name)).toBe(keeps);
  });
});
