// Models of all kinds, each as a subject of one's own with examples to match.

import { randomNormal, type serialization, type Tensor } from "@tensorflow/tfjs-core";
import {
  model as functionalModel,
  input,
  type LayersModel,
  layers,
  regularizers,
  type SymbolicTensor,
  sequential,
} from "@tensorflow/tfjs-layers";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import type { Subject } from "../../../src/learning/subject/subject.ts";

type Layer = layers.Layer;
type Table = (count: number) => { inputs: number[][] | number[][][] | number[][][][]; targets: number[] };

const COUNT = 40;

/** Numbers from −1 to 1 in any shape, the target being a curve of the first ones. */
function numbers(shape: readonly number[]): Table {
  return (count) => {
    const random = seedStream(3, "anyModel");
    const draw = (sides: readonly number[]): unknown =>
      sides.length === 0
        ? 2 * random.uniform() - 1
        : Array.from({ length: sides[0] as number }, () => draw(sides.slice(1)));
    const inputs = Array.from({ length: count }, () => draw(shape)) as number[][];
    const targets = inputs.map((one) => {
      const [a = 0, b = 0] = one.flat(9) as number[];
      return a + 0.5 * b * b;
    });
    return { inputs, targets };
  };
}

/** Words from 1 to 6, with 0 behind the last; the target says whether word 2 is among them. */
const words: Table = (count) => {
  const random = seedStream(4, "anyModel/words");
  const inputs = Array.from({ length: count }, () => {
    const length = 2 + random.below(3);
    return Array.from({ length: 5 }, (_, place) => (place < length ? 1 + random.below(6) : 0));
  });
  return { inputs, targets: inputs.map((one) => Number(one.includes(2))) };
};

const chain = (...list: Layer[]): LayersModel => sequential({ layers: list });
const dense = (units: number, more: object = {}) => layers.dense({ units, ...more });
const hidden = (units = 8, more: object = {}) => dense(units, { activation: "tanh", ...more });
const at = (layer: Layer, x: SymbolicTensor) => layer.apply(x) as SymbolicTensor;
const graph = (shape: (number | null)[], of: (x: SymbolicTensor) => SymbolicTensor): LayersModel => {
  const x = input({ shape });
  return functionalModel({ inputs: x, outputs: of(x) });
};
const base = () => chain(dense(8, { inputShape: [4], activation: "relu", name: "dense1" }), hidden());
const asLayer = (model: LayersModel) => model as unknown as Layer;

/** Draws with TensorFlow.js and without, in training and in evaluation mode. */
class Noisy extends layers.Layer {
  static readonly className = "Noisy";
  override call(inputs: Tensor | Tensor[]): Tensor {
    const one = (Array.isArray(inputs) ? inputs[0] : inputs) as Tensor;
    return one.add(randomNormal(one.shape, 0, 0.01)).mul(1 + 0.01 * Math.random());
  }
  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig() };
  }
}

export interface AnyModel {
  readonly name: string;
  readonly examples: Table;
  readonly build: () => LayersModel;
  /** Whether the loss of one batch is another at each pass. */
  readonly draws?: true;
}

const vector = numbers([4]);
const sequence = numbers([4, 3]);

export const anyModel: readonly AnyModel[] = [
  {
    name: "a Sequential base and a head",
    examples: vector,
    build: () => chain(asLayer(base()), dense(1)),
  },
  {
    name: "functional models three deep",
    examples: vector,
    build: () => {
      const inner = graph([4], (x) => at(hidden(6), x));
      const middle = graph([4], (x) => at(hidden(6), inner.apply(x) as SymbolicTensor));
      return graph([4], (x) => at(dense(1), middle.apply(x) as SymbolicTensor));
    },
  },
  {
    name: "one dense layer applied twice, and one relu",
    examples: vector,
    build: () => {
      const [shared, relu] = [dense(4), layers.reLU()];
      return graph([4], (x) => at(dense(1), at(relu, at(shared, at(relu, at(shared, x))))));
    },
  },
  {
    name: "one dense layer twice in a chain",
    examples: vector,
    build: () => {
      const shared = dense(4, { inputShape: [4], activation: "tanh" });
      return chain(shared, shared, dense(1));
    },
  },
  {
    name: "sequences of open length",
    examples: sequence,
    build: () => chain(layers.lstm({ units: 6, inputShape: [null, 3] }), dense(1)),
  },
  {
    name: "pictures of open size",
    examples: numbers([5, 5, 2]),
    build: () =>
      chain(
        layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [null, null, 2], activation: "tanh" }),
        layers.globalAveragePooling2d({ dataFormat: "channelsLast" }),
        dense(1),
      ),
  },
  {
    name: "batches of one size",
    examples: vector,
    build: () => chain(hidden(8, { batchInputShape: [16, 4] }), dense(1)),
  },
  {
    name: "a stateful lstm",
    examples: sequence,
    build: () => chain(layers.lstm({ units: 6, stateful: true, batchInputShape: [16, 4, 3] }), dense(1)),
  },
  {
    name: "an embedding that masks, then an lstm",
    examples: words,
    build: () =>
      chain(
        layers.embedding({ inputDim: 7, outputDim: 4, inputLength: 5, maskZero: true }),
        layers.lstm({ units: 6 }),
        dense(1),
      ),
  },
  {
    name: "masking, then a gru",
    examples: sequence,
    build: () => chain(layers.masking({ inputShape: [4, 3] }), layers.gru({ units: 6 }), dense(1)),
  },
  {
    name: "l1 and l2 within nested and recurrent layers",
    examples: sequence,
    build: () => {
      const l1l2 = regularizers.l1l2({ l1: 0.01, l2: 0.01 });
      const inner = chain(
        layers.simpleRNN({ units: 4, inputShape: [4, 3], kernelRegularizer: l1l2 }),
        hidden(4, { kernelRegularizer: l1l2 }),
      );
      return chain(asLayer(inner), dense(1));
    },
  },
  {
    name: "every noise layer",
    draws: true,
    examples: sequence,
    build: () =>
      chain(
        layers.gaussianNoise({ stddev: 0.1, inputShape: [4, 3] }),
        layers.spatialDropout1d({ rate: 0.1 } as never),
        layers.dropout({ rate: 0.1, noiseShape: [null, 1, 3] as never }),
        layers.flatten(),
        hidden(),
        layers.gaussianDropout({ rate: 0.1 }),
        layers.alphaDropout({ rate: 0.1 }),
        dense(1),
      ),
  },
  {
    name: "dropout within recurrent layers, wrappers and stacked cells",
    draws: true,
    examples: sequence,
    build: () =>
      chain(
        layers.bidirectional({
          layer: layers.lstm({
            units: 3,
            dropout: 0.1,
            recurrentDropout: 0.1,
            returnSequences: true,
          }) as never,
          mergeMode: "concat",
          inputShape: [4, 3],
        }),
        layers.gru({ units: 4, dropout: 0.1, recurrentDropout: 0.1, returnSequences: true }),
        layers.rnn({
          cell: [
            layers.simpleRNNCell({ units: 4, dropout: 0.1, recurrentDropout: 0.1 }),
            layers.lstmCell({ units: 4, dropout: 0.1 }),
          ],
        } as never),
        dense(1),
      ),
  },
  {
    name: "a layer of one's own that draws",
    draws: true,
    examples: vector,
    build: () => chain(hidden(8, { inputShape: [4] }), new Noisy({}), dense(1)),
  },
  {
    name: "a frozen base",
    examples: vector,
    build: () => {
      const frozen = base();
      frozen.trainable = false;
      return chain(asLayer(frozen), dense(1));
    },
  },
  {
    name: "batch normalisation",
    examples: vector,
    build: () => chain(hidden(8, { inputShape: [4] }), layers.batchNormalization(), dense(1)),
  },
];

/** The subject of a model, for `steps` steps. */
export async function subjectOf(
  { name, examples, build }: Omit<AnyModel, "draws">,
  steps = 25,
): Promise<Subject> {
  const word = name.replace(/[^a-z0-9]+/gi, "-");
  defineSubject({
    name: word,
    buildModel: build,
    examples: { train: examples(COUNT) as never },
    training: { optimizer: { learningRate: 0.02 }, batchSize: 16, steps },
  });
  return createSubject(parseConfig({ subject: "own", name: word }));
}
