import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { InputError } from "../../../src/foundation/input/inputError.ts";
import { proveEngine } from "../../../src/learning/engine/proof.ts";
import { startEngine } from "../../../src/learning/engine/startEngine.ts";
import { breakGradient } from "./brokenGradients.ts";
import { changeAnswers } from "./conformance/wrongKernels.ts";

/** What a start of the wasm engine throws. */
function refusal(): Promise<unknown> {
  return startEngine({ name: "wasm" }).then(
    () => null,
    (error: unknown) => error,
  );
}

describe.each(["wasm", "cpu"] as const)("%s", (name) => {
  test("proves itself and leaves no tensor behind", async () => {
    await startEngine({ name });
    const before = memory().numTensors;

    proveEngine(name);

    expect(memory().numTensors).toBe(before);
  });
});

describe("wasm with a broken part", () => {
  beforeAll(() => startEngine({ name: "wasm" }));

  test.each([
    ["Conv2D", "conv2d", "its value"],
    ["Conv2DBackpropFilter", "conv2d", "the gradient of its input 2"],
    ["Conv2DBackpropInput", "conv2d", "the gradient of its input 1"],
    ["Conv3D", "conv3d", "its value"],
    ["Conv3DBackpropFilterV2", "conv3d", "the gradient of its input 2"],
    ["Conv3DBackpropInputV2", "conv3d", "the gradient of its input 1"],
    ["DepthwiseConv2dNative", "depthwiseConv2d", "its value"],
    ["DepthwiseConv2dNativeBackpropFilter", "depthwiseConv2d", "the gradient of its input 2"],
    ["DepthwiseConv2dNativeBackpropInput", "depthwiseConv2d", "the gradient of its input 1"],
    ["MaxPool", "maxPool", "its value"],
    ["MaxPoolGrad", "maxPool", "the gradient of its input 1"],
    ["MaxPool3D", "maxPool3d", "its value"],
    ["MaxPool3DGrad", "maxPool3d", "the gradient of its input 1"],
    ["AvgPoolGrad", "avgPool", "the gradient of its input 1"],
    ["BatchMatMul", "matMul", "its value"],
    ["UnsortedSegmentSum", "gather", "the gradient of its input 1"],
    ["ReluGrad", "relu", "the gradient of its input 1"],
    ["Sum", "add", "the gradient of its input 2"],
  ])("%s does not start, and says what is wrong with %s", async (kernel, operation, what) => {
    const back = changeAnswers(kernel, (value) => value + 1);
    const refused = await refusal();
    back();

    expect(refused).toBeInstanceOf(InputError);
    expect(refused).toMatchObject({ code: "engine-wrong", field: "--engine", got: "wasm" });
    expect((refused as InputError).message).toMatch(
      `names an engine that computes ${operation} wrongly here: ${what}`,
    );
    expect(await refusal()).toBeNull();
  });

  test("does not start with a wrong gradient of TensorFlow.js's either, whatever the kernels answer", async () => {
    const broken = breakGradient("MaxPool");
    const refused = await refusal();
    broken.putBack();

    expect(refused).toMatchObject({ code: "engine-wrong" });
  });

  test("puts its own gradients back where another was registered over them, as @tensorflow/tfjs does when it is loaded", async () => {
    const broken = breakGradient("AvgPool");
    expect(() => proveEngine("wasm")).toThrow("computes avgPool wrongly here");

    expect(await refusal()).toBeNull();

    expect(() => proveEngine("wasm")).not.toThrow();
    broken.putBack();
  });
});
