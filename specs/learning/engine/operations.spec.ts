import { readFile } from "node:fs/promises";
import { engine } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { InputError } from "../../../src/foundation/input/inputError.ts";
import { startEngine } from "../../../src/learning/engine/startEngine.ts";
import { breakGradient, gradientsIn } from "./brokenGradients.ts";
import { changeAnswers } from "./conformance/wrongKernels.ts";
import { agreementOf, REFERENCE_ENGINE, type Reference, referencesOf } from "./differenceQuotient.ts";
import type { Operation } from "./operations/operation.ts";
import { operations } from "./operations.ts";
import { agrees } from "./tolerances.ts";

/** Those whose gradient is ours in part or in whole. */
const OURS = `
  AvgPool AvgPool3D BatchMatMul Cast Conv2D Conv3D Conv3DBackpropInputV2 Cumsum
  DepthToSpace DepthwiseConv2dNative Einsum Equal FusedBatchNorm GatherNd GatherV2 Greater
  GreaterEqual Less LessEqual Maximum Minimum MirrorPad NotEqual Prod
  Relu ResizeBilinear ResizeNearestNeighbor ScatterNd SquaredDifference StridedSlice Tile TopK`
  .trim()
  .split(/\s+/);

let references: ReadonlyMap<Operation, Reference>;

beforeAll(async () => {
  references = await referencesOf(operations);
});

function referenceOf(operation: Operation): Reference {
  return references.get(operation) as Reference;
}

/** Whether the running engine answers as the reference. */
async function isRight(operation: Operation): Promise<boolean> {
  return agrees(await agreementOf(operation, referenceOf(operation)));
}

const differentiable = operations.filter(({ refused }) => refused === undefined);

test("no two operations share a name", () => {
  expect(new Set(operations.map(({ name }) => name)).size).toBe(operations.length);
});

test("docs/layers.md says of each operation how the engines fare", async () => {
  const text = await readFile("docs/layers.md", "utf8");

  expect(operations.filter(({ name }) => !text.includes(`\n| ${name} |`)).map(({ name }) => name)).toEqual(
    [],
  );
});

// TensorFlow's native library has faults of its own in three dimensions, which the table in docs/layers.md shows.
describe.each([...new Set([REFERENCE_ENGINE, "wasm" as const])])("%s", (name) => {
  beforeAll(() => startEngine({ name }));

  test("gives each operation its value, and its gradient as the difference quotient has it", async () => {
    const wrong: Record<string, object> = {};
    for (const operation of differentiable) {
      const agreement = await agreementOf(operation, referenceOf(operation)).catch((error: Error) => ({
        value: Number.NaN,
        gradient: Number.NaN,
        error: error.message,
      }));
      if (!agrees(agreement)) wrong[operation.name] = agreement;
    }

    expect(wrong).toEqual({});
  });

  test.each(operations.filter(({ refused }) => refused !== undefined))(
    "refuses $name by the name of its kernel",
    async (operation) => {
      const refusal = await agreementOf(operation, referenceOf(operation)).catch((error: unknown) => error);

      expect(refusal).toBeInstanceOf(InputError);
      expect(refusal).toMatchObject({ code: "unsupported-gradient", got: operation.refused });
    },
  );
});

describe("a fault of wasm is noticed", () => {
  /** The operations that call each kernel, by the kernel's name. */
  let callers: ReadonlyMap<string, readonly Operation[]>;

  beforeAll(async () => {
    await startEngine({ name: "wasm" });
    callers = await callersOf(differentiable);
  });

  test("in every kernel: one wrong number in its answers", async () => {
    const unnoticed: string[] = [];
    for (const [kernel, calling] of callers) {
      const back = changeAnswers(kernel, (value) => value + 1);
      const noticed = await isNoticed(calling);
      back();
      if (!noticed) unnoticed.push(kernel);
    }

    expect(unnoticed).toEqual([]);
  });

  test("in every gradient that is called, where a tenth and 1 are added", async () => {
    const noticed: string[] = [];
    const unnoticed: string[] = [];
    for (const kernel of gradientsIn(callers.keys())) {
      const broken = breakGradient(kernel);
      const isSeen = await isNoticed(callers.get(kernel) ?? []);
      broken.putBack();
      if (broken.wasCalled) (isSeen ? noticed : unnoticed).push(kernel);
    }

    // What these are asked of are truth values, which pass no gradient on.
    expect(unnoticed).toEqual(["LogicalAnd", "LogicalNot", "LogicalOr"]);
    expect(noticed).toEqual(expect.arrayContaining(OURS));
  });

  async function isNoticed(calling: readonly Operation[]): Promise<boolean> {
    for (const operation of calling) if (!(await isRight(operation).catch(() => false))) return true;
    return false;
  }
});

/** Which operations call a kernel, in their value or their gradient. */
async function callersOf(all: readonly Operation[]): Promise<Map<string, Operation[]>> {
  const callers = new Map<string, Operation[]>();
  const running = engine();
  const runKernel = running.runKernel;
  for (const operation of all) {
    const called = new Set<string>();
    const watching = (...call: Parameters<typeof runKernel>) => {
      called.add(call[0]);
      return runKernel.apply(running, call);
    };
    running.runKernel = watching as typeof runKernel;
    await agreementOf(operation, referenceOf(operation));
    running.runKernel = runKernel;
    for (const kernel of called) callers.set(kernel, [...(callers.get(kernel) ?? []), operation]);
  }
  return callers;
}
