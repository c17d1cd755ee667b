import { createHash } from "node:crypto";
import { dispose, tensor } from "@tensorflow/tfjs-core";
import { type LayersModel, layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { digestRun } from "../../../src/learning/training/digest.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

function modelWith(weights: number[], bias: number[]): LayersModel {
  const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [2] })] });
  const tensors = [tensor(weights, [2, 1]), tensor(bias)];
  model.setWeights(tensors);
  for (const weight of tensors) weight.dispose();
  return model;
}

/** Losses, then weights in layer order, each as four little-endian bytes. */
function sha256(values: number[]): string {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeFloatLE(value, 4 * index);
  return createHash("sha256").update(bytes).digest("hex");
}

beforeAll(async () => {
  await startEngineUnderTest();
});

describe("a digest", () => {
  test("is the SHA-256 of losses and weights as little-endian float32", async () => {
    const model = modelWith([1.5, -2], [0.25]);

    expect(await digestRun([3, 4.5], model)).toBe(sha256([3, 4.5, 1.5, -2, 0.25]));
    model.dispose();
  });

  // printf '\x00\x00\x40\x40\x00\x00\xc0\x3f\x00\x00\x00\xc0\x00\x00\x80\x3e' | sha256sum (GNU coreutils)
  test("is what another program makes of the same sixteen bytes", async () => {
    const model = modelWith([1.5, -2], [0.25]);

    expect(await digestRun([3], model)).toBe(
      "a423f12ec49737f5aaa3f0f3d7d4195139a57aaea1fc600b4a03b0127719bec0",
    );
    model.dispose();
  });

  test("tells losses from weights, and the order of both", async () => {
    const [model, swapped] = [modelWith([1, 2], [3]), modelWith([2, 1], [3])];

    const digests = [
      await digestRun([4, 5], model),
      await digestRun([5, 4], model),
      await digestRun([4, 5], swapped),
      await digestRun([4], model),
    ];

    expect(new Set(digests).size).toBe(4);
    model.dispose();
    swapped.dispose();
  });

  test("changes with the last bit of one weight", async () => {
    const [model, other] = [modelWith([1, 1], [0]), modelWith([1, 1 + 2 ** -23], [0])];

    expect(await digestRun([1], other)).not.toBe(await digestRun([1], model));
    model.dispose();
    other.dispose();
  });

  test("knows one NaN, whatever the bits that an engine wrote it with", async () => {
    const [positive, negative] = await Promise.all(
      [0x7fc00001, 0xffc00000].map(async (bits) => {
        const value = new Float32Array(Uint32Array.of(bits).buffer);
        const model = modelWith([0, 0], [0]);
        const tensors = [tensor([0, 0], [2, 1]), tensor(value)];
        model.setWeights(tensors);
        const digest = await digestRun([Number.NaN], model);
        dispose(tensors);
        model.dispose();
        return digest;
      }),
    );

    expect(positive).toBe(negative);
    // The quiet NaN 0x7fc00000 in little endian, among the zeros: loss, two weights, bias.
    const bytes = Buffer.from("0000c07f00000000000000000000c07f", "hex");
    expect(positive).toBe(createHash("sha256").update(bytes).digest("hex"));
  });
});
