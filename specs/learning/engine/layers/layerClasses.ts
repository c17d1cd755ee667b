// Every layer class of TensorFlow.js, each inside a small model: weights before it, so that its own gradient is needed, and
// one output behind it.

import type { serialization } from "@tensorflow/tfjs-core";
import {
  model as functionalModel,
  input,
  type LayersModel,
  layers,
  type SymbolicTensor,
} from "@tensorflow/tfjs-layers";
import type { EngineName } from "../../../../src/learning/engine/engineName.ts";

type Layer = layers.Layer;
type Shape = readonly number[];

/** A layer class in a model. */
export interface LayerClass {
  /** The name that TensorFlow.js registers it under. */
  readonly name: string;
  /** Shape of one example. */
  readonly shape: Shape;
  /** Numbers from −1 to 1, or whole numbers from 0 below this. */
  readonly below?: number;
  /** Whether it draws random numbers in training mode, so that its gradient is asked in evaluation mode. */
  readonly draws?: boolean;
  /** Engines of TensorFlow.js that have no kernel for it, and fail with its name. @defaultValue none */
  readonly lackedBy?: readonly EngineName[];
  build(): LayersModel;
}

const apply = (layer: Layer, to: SymbolicTensor | SymbolicTensor[]) => layer.apply(to) as SymbolicTensor;
const mixed = (shape: Shape) =>
  layers.dense({ units: shape.at(-1) as number, activation: "tanh", useBias: true });

function headed(shape: Shape, body: (x: SymbolicTensor) => SymbolicTensor): LayersModel {
  const x = input({ shape: [...shape] });
  const y = body(x);
  const flat = y.shape.length > 2 ? apply(layers.flatten(), y) : y;
  return functionalModel({ inputs: x, outputs: apply(layers.dense({ units: 1 }), flat) });
}

/** The layer behind a dense one that mixes the last axis. */
function one(name: string, shape: Shape, layer: () => Layer, more: Partial<LayerClass> = {}): LayerClass {
  return { name, shape, build: () => headed(shape, (x) => apply(layer(), apply(mixed(shape), x))), ...more };
}

/** The layer on two branches. */
function merged(name: string, layer: () => Layer): LayerClass {
  const shape = [5];
  const build = () => headed(shape, (x) => apply(layer(), [apply(mixed(shape), x), apply(mixed(shape), x)]));
  return { name, shape, build };
}

/** The layer on whole numbers, which no layer with weights can come before. */
function ofWholeNumbers(name: string, shape: Shape, layer: () => Layer, below = 6): LayerClass {
  return { name, shape, below, build: () => headed(shape, (x) => apply(layer(), x)) };
}

const vector: Shape = [6];
const sequence: Shape = [7, 3];
const picture: Shape = [7, 6, 3];
const volume: Shape = [5, 4, 5, 2];
const film: Shape = [3, 5, 5, 2];

/** Cells are layers too, which a recurrent layer applies step by step. */
const recurrent = (name: string, cell: () => Layer) =>
  one(name, sequence, () => layers.rnn({ cell: cell() as never }));

export const layerClasses: readonly LayerClass[] = [
  one("Dense", vector, () => layers.dense({ units: 4, activation: "sigmoid" })),
  one("Activation", vector, () => layers.activation({ activation: "softplus" })),
  one("ReLU", vector, () => layers.reLU()),
  one("LeakyReLU", vector, () => layers.leakyReLU()),
  one("PReLU", vector, () => layers.prelu({ alphaInitializer: "heNormal" })),
  one("ELU", vector, () => layers.elu()),
  one("ThresholdedReLU", vector, () => layers.thresholdedReLU({ theta: 0.1 })),
  one("Softmax", vector, () => layers.softmax()),
  one("BatchNormalization", vector, () => layers.batchNormalization()),
  one("LayerNormalization", vector, () => layers.layerNormalization()),
  one("Dropout", vector, () => layers.dropout({ rate: 0.3 }), { draws: true }),
  one("GaussianNoise", vector, () => layers.gaussianNoise({ stddev: 0.1 }), { draws: true }),
  one("GaussianDropout", vector, () => layers.gaussianDropout({ rate: 0.3 }), { draws: true }),
  one("AlphaDropout", vector, () => layers.alphaDropout({ rate: 0.3 }), { draws: true }),
  one("SpatialDropout1D", sequence, () => layers.spatialDropout1d({ rate: 0.3 }), { draws: true }),
  one("RepeatVector", vector, () => layers.repeatVector({ n: 3 })),
  one("Reshape", vector, () => layers.reshape({ targetShape: [3, 2] })),
  one("Flatten", sequence, () => layers.flatten()),
  one("Permute", sequence, () => layers.permute({ dims: [2, 1] })),
  one("Masking", sequence, () => layers.masking()),
  ofWholeNumbers("Embedding", [5], () => layers.embedding({ inputDim: 6, outputDim: 4 })),
  {
    ...ofWholeNumbers("CategoryEncoding", [1], () =>
      layers.categoryEncoding({ numTokens: 6, outputMode: "oneHot" }),
    ),
    lackedBy: ["tensorflow"],
  },
  one("Rescaling", vector, () => layers.rescaling({ scale: 0.5, offset: 0.1 })),
  merged("Add", () => layers.add()),
  merged("Multiply", () => layers.multiply()),
  merged("Average", () => layers.average()),
  merged("Maximum", () => layers.maximum()),
  merged("Minimum", () => layers.minimum()),
  merged("Concatenate", () => layers.concatenate()),
  merged("Dot", () => layers.dot({ axes: 1 })),
  one("Conv1D", sequence, () => layers.conv1d({ filters: 4, kernelSize: 3, strides: 2, padding: "same" })),
  one("Conv2D", picture, () => layers.conv2d({ filters: 4, kernelSize: 3, strides: 2, padding: "same" })),
  one("Conv2DTranspose", picture, () =>
    layers.conv2dTranspose({ filters: 2, kernelSize: 3, strides: 2, padding: "same" }),
  ),
  one("Conv3D", volume, () => layers.conv3d({ filters: 3, kernelSize: 2, strides: 1, padding: "valid" })),
  one("Conv3DTranspose", volume, () =>
    layers.conv3dTranspose({ filters: 2, kernelSize: 2, strides: 2, padding: "valid" }),
  ),
  one("SeparableConv2D", picture, () =>
    layers.separableConv2d({ filters: 4, kernelSize: 3, padding: "same" }),
  ),
  one("DepthwiseConv2D", picture, () => layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2 })),
  one("Cropping2D", picture, () =>
    layers.cropping2D({
      cropping: [
        [1, 2],
        [0, 1],
      ],
    }),
  ),
  one("UpSampling2D", picture, () => layers.upSampling2d({ size: [2, 3] })),
  one("ZeroPadding2D", picture, () => layers.zeroPadding2d({ padding: [1, 2] })),
  one("MaxPooling1D", sequence, () => layers.maxPooling1d({ poolSize: 3, strides: 2 })),
  one("AveragePooling1D", sequence, () =>
    layers.averagePooling1d({ poolSize: 3, strides: 2, padding: "same" }),
  ),
  one("MaxPooling2D", picture, () => layers.maxPooling2d({ poolSize: 3, strides: 2, padding: "same" })),
  one("AveragePooling2D", picture, () =>
    layers.averagePooling2d({ poolSize: 3, strides: 2, padding: "same" }),
  ),
  one("MaxPooling3D", volume, () => layers.maxPooling3d({ poolSize: 2, strides: 2, padding: "valid" })),
  one("AveragePooling3D", volume, () =>
    layers.averagePooling3d({ poolSize: 2, strides: 2, padding: "valid" }),
  ),
  one("GlobalAveragePooling1D", sequence, () => layers.globalAveragePooling1d()),
  one("GlobalMaxPooling1D", sequence, () => layers.globalMaxPooling1d()),
  one("GlobalAveragePooling2D", picture, () => layers.globalAveragePooling2d({})),
  one("GlobalMaxPooling2D", picture, () => layers.globalMaxPooling2d({})),
  one("SimpleRNN", sequence, () => layers.simpleRNN({ units: 4, returnSequences: true })),
  one("GRU", sequence, () => layers.gru({ units: 4 })),
  one("LSTM", sequence, () => layers.lstm({ units: 4, returnSequences: true })),
  recurrent("RNN", () => layers.simpleRNNCell({ units: 4 })),
  recurrent("SimpleRNNCell", () => layers.simpleRNNCell({ units: 3 })),
  recurrent("GRUCell", () => layers.gruCell({ units: 4 })),
  recurrent("LSTMCell", () => layers.lstmCell({ units: 4 })),
  recurrent("StackedRNNCells", () =>
    layers.stackedRNNCells({ cells: [layers.gruCell({ units: 3 }), layers.lstmCell({ units: 4 })] as never }),
  ),
  one("ConvLSTM2D", film, () => layers.convLstm2d({ filters: 2, kernelSize: 3, padding: "same" } as never)),
  one("TimeDistributed", sequence, () =>
    layers.timeDistributed({ layer: layers.dense({ units: 4, activation: "tanh" }) }),
  ),
  one("Bidirectional", sequence, () =>
    layers.bidirectional({ layer: layers.lstm({ units: 3 }) as never, mergeMode: "concat" }),
  ),
];

/** Classes that hold other layers, that no model applies by itself, or that are our own. */
export const notApplied: readonly string[] = [
  "InputLayer",
  "Model",
  "Functional",
  "Sequential",
  "ConvLSTM2DCell",
  "SeededDropout",
];

/** Classes that stock TensorFlow.js cannot differentiate or build, with the reason. */
export const cannotTrain: Readonly<Record<string, string>> = {
  CenterCrop: "TensorFlow.js has no gradient of cropAndResize; it is refused by name behind trained weights",
  Resizing: "TensorFlow.js gives it a list of inputs, and it takes a tensor",
  RandomWidth: "it draws another width for each batch, so that no dense layer can follow",
};

/** The layer classes that TensorFlow.js registers. */
export function registeredLayers(
  known: Readonly<
    Record<string, readonly [serialization.SerializableConstructor<serialization.Serializable>, ...unknown[]]>
  >,
): string[] {
  return Object.entries(known).flatMap(([name, [layerClass]]) =>
    (layerClass as unknown as { prototype: unknown }).prototype instanceof layers.Layer ? [name] : [],
  );
}
