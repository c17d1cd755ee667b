import { isObject } from "../../../../foundation/savedModel/keras3.ts";
import type { JsonObject } from "../../../../foundation/savedModel/modelJson.ts";
import { activation } from "../arguments/activation.ts";
import { type Argument, kept, unused, unusedIf } from "../arguments/argument.ts";
import type { WeightTable } from "../capturedProgram.ts";
import type { LayerContext, LayerGroup, TranslatedLayer } from "./entry.ts";
import { dataFormat, kernelArguments, padding, weightArguments } from "./shared.ts";

/** The layer inside a wrapper. */
const wrapped: Argument = {
  covers: "a layer of this table",
  translate: (value, place) => place.translateWrapped(value) ?? undefined,
};

/** The layers inside a layer that stacks them. */
const wrappedList: Argument = {
  covers: "layers of this table",
  translate: (value, place) =>
    Array.isArray(value) ? value.map((one) => place.translateWrapped(one)) : undefined,
};

const cell = {
  units: kept,
  ...kernelArguments,
  ...weightArguments("recurrent"),
  dropout: kept,
  recurrent_dropout: kept,
};

const convolution = {
  filters: kept,
  kernel_size: kept,
  strides: kept,
  padding,
  data_format: dataFormat,
  dilation_rate: kept,
};

/** States that pass from one batch to the next; see {@link refuseStatesAlone} for sequences that need them. */
const stateful: Argument = {
  covers: "all; a state is 0 at the start of each sequence",
  translate(value, { findings, layer, argument }) {
    if (value === true)
      findings.note(
        layer,
        argument,
        "is true: learnproof starts each sequence with a state of 0, as stateful=False does, since it judges each example by itself",
      );
    return undefined;
  },
};

const sequence = {
  return_sequences: kept,
  return_state: kept,
  go_backwards: kept,
  stateful,
  unroll: unused,
  time_major: unusedIf([false, null], "take time_major=False"),
  zero_output_for_mask: unusedIf([false, null], "take zero_output_for_mask=False"),
  use_cudnn: unused,
  implementation: unused,
  consume_less: unused,
};

const lstm = { ...cell, recurrent_activation: activation, unit_forget_bias: kept };
const gru = { ...cell, recurrent_activation: activation, reset_after: kept };

/** TensorFlow.js applies the reset gate before the product with the recurrent kernel; Keras does so only if asked. */
function withResetGate(layer: TranslatedLayer): TranslatedLayer {
  const { reset_after: isAfter, ...config } = layer.config;
  const isCell = layer.class_name.endsWith("Cell");
  const after = isCell ? "KerasGRUCell" : "KerasGRU";
  return { class_name: isAfter === true ? after : layer.class_name, config };
}

/** The layers for CUDA have no arguments for the gates' activation, and biases in another form. */
function asSigmoid(layer: TranslatedLayer): TranslatedLayer {
  return { ...layer, config: { activation: "tanh", recurrent_activation: "sigmoid", ...layer.config } };
}

/** Adds the two biases of an LSTM for CUDA, which has one for inputs and one for states. */
function oneBias([kernel, recurrent, bias]: readonly WeightTable[]): readonly WeightTable[] {
  if (!kernel || !recurrent || !bias) return [];
  const half = bias.values.length / 2;
  const values = bias.values
    .slice(0, half)
    .map((value, place) => value + (bias.values[half + place] as number));
  return [kernel, recurrent, { shape: [half], values }];
}

/** Gives the two biases of a GRU for CUDA a row each. */
function twoBiases([kernel, recurrent, bias]: readonly WeightTable[]): readonly WeightTable[] {
  if (!kernel || !recurrent || !bias) return [];
  return [kernel, recurrent, { shape: [2, bias.values.length / 2], values: bias.values }];
}

/** The layer inside a Bidirectional, which answers 0 for masked steps of a sequence. */
const bothWays: Argument = {
  covers: "a recurrent layer of this table",
  translate: (value, place) => {
    const { config, ...others } = value as { config: JsonObject };
    const { zero_output_for_mask: _zero, ...rest } = config;
    return place.translateWrapped({ ...others, config: rest }) ?? undefined;
  },
};

function bidirectional(layer: TranslatedLayer, context: LayerContext): TranslatedLayer {
  refuseOtherBackward(context);
  const inner = context.keras.layer as { config?: JsonObject } | undefined;
  const isZero = inner?.config?.zero_output_for_mask === true && inner.config.return_sequences === true;
  return isZero ? { ...layer, class_name: "KerasBidirectional" } : layer;
}

/** The backward layer of a wrapper must be the forward one that runs backwards, which TensorFlow.js makes itself. */
function refuseOtherBackward({ keras, findings, layer: name }: LayerContext): void {
  const { layer: forward, backward_layer: backward } = keras;
  const bare = (part: unknown): string => {
    const { class_name: kind, config } = part as { class_name: unknown; config: JsonObject };
    const { name: _name, go_backwards: _direction, ...others } = config;
    return JSON.stringify([kind, others]);
  };
  if (isObject(backward) && isObject(forward) && bare(backward) !== bare(forward))
    findings.refuse(
      name,
      "backward_layer",
      "must be the same layer as the forward one, the other way round; leave backward_layer out",
    );
}

export const recurrent: LayerGroup = {
  title: "Recurrent",
  entries: [
    { names: ["SimpleRNN"], to: "SimpleRNN", arguments: { ...cell, ...sequence } },
    { names: ["LSTM"], to: "LSTM", arguments: { ...lstm, ...sequence } },
    {
      names: ["GRU"],
      to: "GRU",
      arguments: { ...gru, ...sequence },
      finish: withResetGate,
      difference: "reset_after=True is computed by learnproof's own layer",
    },
    {
      names: ["CuDNNLSTM"],
      to: "LSTM",
      arguments: { ...lstm, ...sequence },
      finish: asSigmoid,
      weights: oneBias,
    },
    {
      names: ["CuDNNGRU"],
      to: "KerasGRU",
      arguments: { ...cell, ...sequence },
      finish: asSigmoid,
      weights: twoBiases,
    },
    {
      names: ["ConvLSTM2D"],
      to: "ConvLSTM2D",
      arguments: { ...lstm, ...convolution, ...sequence },
    },
    { names: ["SimpleRNNCell"], to: "SimpleRNNCell", arguments: cell },
    { names: ["LSTMCell"], to: "LSTMCell", arguments: lstm },
    { names: ["GRUCell"], to: "GRUCell", arguments: gru, finish: withResetGate },
    { names: ["StackedRNNCells"], to: "StackedRNNCells", arguments: { cells: wrappedList } },
    { names: ["RNN"], to: "RNN", arguments: { cell: wrapped, ...sequence } },
    {
      names: ["TimeDistributed"],
      to: "TimeDistributed",
      arguments: { layer: wrapped },
      difference: "around a model it is traced",
    },
    {
      names: ["Bidirectional"],
      to: "Bidirectional",
      arguments: {
        layer: bothWays,
        backward_layer: unused,
        merge_mode: { ...kept, translate: (value) => value },
      },
      finish: bidirectional,
    },
  ],
};
