import { add, matMul, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { initializers, type LayerVariable, layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { defineCompiledModel } from "../../../../src/learning/subject/compiled/compiledModel.ts";
import { createSubject } from "../../../../src/learning/subject/createSubject.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

type Shapes = Parameters<layers.Layer["build"]>[0];

/** A layer as programs write it: it is not registered, and says nothing of what it was made with. */
class Mixing extends layers.Layer {
  static readonly className: string = "Mixing";
  readonly units: number;
  private kernel: LayerVariable | undefined;
  constructor({ units }: { units: number }) {
    super({});
    this.units = units;
  }
  override build(shapes: Shapes): void {
    const shape = shapes as number[];
    const start = initializers.glorotUniform({});
    this.kernel = this.addWeight("kernel", [shape.at(-1) as number, this.units], "float32", start);
    this.built = true;
  }
  override computeOutputShape(shapes: Shapes): number[] {
    return [shapes[0] as number, this.units];
  }
  override call(inputs: Tensor | Tensor[]): Tensor {
    const [input] = [inputs].flat() as [Tensor];
    return tidy(() => matMul(input, (this.kernel as LayerVariable).read()));
  }
}

/** One that keeps its setting under another name than its constructor takes. */
class Shifting extends layers.Layer {
  static readonly className: string = "Shifting";
  readonly by: number;
  constructor({ shift }: { shift: number }) {
    super({});
    this.by = shift;
  }
  override call(inputs: Tensor | Tensor[]): Tensor {
    return add([inputs].flat()[0] as Tensor, this.by);
  }
}

async function buildCopy(own: layers.Layer): Promise<number[][]> {
  const model = sequential({ layers: [layers.dense({ inputShape: [2], units: 3 }), own] });
  model.add(layers.dense({ units: 1 }));
  model.compile({ loss: "meanSquaredError", optimizer: "sgd" });
  try {
    const x = [
      [0, 1],
      [1, 0],
    ];
    const subject = await createSubject((await defineCompiledModel(model, { x, y: [1, 2] })).config());
    const copy = await subject.buildModel(1);
    const shapes = copy.getWeights().map(({ shape }) => shape);
    copy.dispose();
    return shapes;
  } finally {
    model.dispose();
  }
}

test("a layer that is not registered, and has no getConfig, is copied with its settings", async () => {
  expect(await buildCopy(new Mixing({ units: 5 }))).toContainEqual([3, 5]);
});

test("one whose settings cannot be known is refused by the name of the setting: the twin", async () => {
  await expect(buildCopy(new Shifting({ shift: 2 }))).rejects.toThrow(
    "must say in getConfig() all that it was made with, and leaves out by",
  );
});
