import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Installation, installCopy } from "./installation.ts";

let copy: Installation;
beforeAll(async () => {
  copy = await installCopy({});
});
afterAll(() => copy.remove());

describe("the methods that tensors have", () => {
  test("once learnproof is imported are all those that TensorFlow.js's union package registers", async () => {
    const { stdout, stderr } = await copy.script(`
      import { Tensor } from "@tensorflow/tfjs-core";
      import "./dist/index.js";
      console.log(JSON.stringify(Object.keys(Tensor.prototype)));`);

    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual(expect.arrayContaining(await unionMethods()));
  });

  test("without learnproof are none of them", async () => {
    const { stdout } = await copy.script(`
      import { Tensor } from "@tensorflow/tfjs-core";
      console.log(["mul", "flatten", "stridedSlice"].filter((name) => name in Tensor.prototype).length);`);

    expect(stdout).toBe("0\n");
  });

  test("compute what their operations do", async () => {
    const { stdout, stderr } = await copy.script(`
      import * as tf from "@tensorflow/tfjs-core";
      import { startEngine } from "./dist/index.js";
      await startEngine({ name: "cpu" });
      const x = tf.tensor2d([[1, -2], [3, 4]]);
      const answers = [
        x.mul(2), x.flatten(), x.as3D(1, 2, 2), x.sum(), x.toInt(), x.asType("bool"),
        x.concat(x, 1), x.concat([x, x], 0), x.stack(x), x.where(x.greater(0), tf.zerosLike(x)), x.reshapeAs(tf.zeros([4])),
        x.stridedSlice([0, 0], [2, 2], [1, 2]), x.sign(), x.max().asScalar(), x.as4D(1, 2, 2, 1).resizeNearestNeighbor([1, 1]),
        x.norm(), x.as4D(1, 2, 2, 1).avgPool(2, 2, "valid"),
      ];
      console.log(JSON.stringify(answers.map((answer) => [answer.shape, Array.from(answer.dataSync())])));`);

    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual([
      [
        [2, 2],
        [2, -4, 6, 8],
      ],
      [[4], [1, -2, 3, 4]],
      [
        [1, 2, 2],
        [1, -2, 3, 4],
      ],
      [[], [6]],
      [
        [2, 2],
        [1, -2, 3, 4],
      ],
      [
        [2, 2],
        [1, 1, 1, 1],
      ],
      [
        [2, 4],
        [1, -2, 1, -2, 3, 4, 3, 4],
      ],
      [
        [6, 2],
        [1, -2, 3, 4, 1, -2, 3, 4, 1, -2, 3, 4],
      ],
      [
        [2, 2, 2],
        [1, -2, 3, 4, 1, -2, 3, 4],
      ],
      [
        [2, 2],
        [1, 0, 3, 4],
      ],
      [[4], [1, -2, 3, 4]],
      [
        [2, 1],
        [1, 3],
      ],
      [
        [2, 2],
        [1, -1, 1, 1],
      ],
      [[], [4]],
      [[1, 1, 1, 1], [1]],
      [[], [expect.closeTo(Math.sqrt(30), 5)]],
      [[1, 1, 1, 1], [1.5]],
    ]);
  });

  test("leave in place what another package brought", async () => {
    const { stdout } = await copy.script(`
      import { Tensor } from "@tensorflow/tfjs-core";
      const theirs = Tensor.prototype.mul = () => "theirs";
      await import("./dist/index.js");
      console.log(Tensor.prototype.mul === theirs);`);

    expect(stdout).toBe("true\n");
  });

  test("let recurrent layers and the orthogonal initializer work, with the packages of the README alone", async () => {
    const { stdout, stderr } = await copy.script(`
      import { layers, sequential } from "@tensorflow/tfjs-layers";
      import { startEngine } from "./dist/index.js";
      await startEngine({ name: "wasm" });
      const model = sequential({ layers: [
        layers.lstm({ units: 3, inputShape: [4, 2], returnSequences: true }),
        layers.gru({ units: 2 }),
        layers.dense({ units: 5, kernelInitializer: "orthogonal" }),
      ] });
      console.log(model.countParams());`);

    expect(stderr).toBe("");
    expect(Number(stdout)).toBeGreaterThan(0);
  });
});

/** Asked of tfjs-core's own registration, bundled with the core that it belongs to. */
async function unionMethods(): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "learnproof-methods-"));
  const core = join(process.cwd(), "node_modules/@tensorflow/tfjs-core/dist");
  try {
    const outfile = join(folder, "methods.mjs");
    await build({
      stdin: {
        contents: `
          import ${JSON.stringify(join(core, "public/chained_ops/register_all_chained_ops.js"))};
          import { Tensor } from ${JSON.stringify(join(core, "tensor.js"))};
          export const methods = Object.keys(Tensor.prototype);`,
        resolveDir: process.cwd(),
      },
      bundle: true,
      ignoreAnnotations: true,
      platform: "node",
      format: "esm",
      logLevel: "error",
      outfile,
    });
    return ((await import(outfile)) as { methods: string[] }).methods;
  } finally {
    await rm(folder, { recursive: true });
  }
}
