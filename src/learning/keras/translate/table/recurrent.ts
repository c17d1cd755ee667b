import { activation } from "../arguments/activation.ts";
import { type Argument, kept, unused, unusedIf } from "../arguments/argument.ts";
import type { LayerGroup } from "./entry.ts";
import { kernelArguments, weightArguments } from "./shared.ts";

/** The layer inside a wrapper. */
const wrapped: Argument = {
  covers: "a layer of this table",
  translate: (value, place) => place.translateWrapped(value) ?? undefined,
};

const cell = {
  units: kept,
  ...kernelArguments,
  ...weightArguments("recurrent"),
  dropout: kept,
  recurrent_dropout: kept,
};

const sequence = {
  return_sequences: kept,
  return_state: kept,
  go_backwards: kept,
  stateful: unusedIf([false, null], "take stateful=False: examples of a batch are drawn at random"),
  unroll: unused,
  time_major: unusedIf([false, null], "take time_major=False"),
  zero_output_for_mask: unusedIf([false, null], "take zero_output_for_mask=False"),
  use_cudnn: unused,
  implementation: unused,
  consume_less: unused,
};

export const recurrent: LayerGroup = {
  title: "Recurrent",
  entries: [
    { names: ["SimpleRNN"], to: "SimpleRNN", arguments: { ...cell, ...sequence } },
    {
      names: ["LSTM", "CuDNNLSTM"],
      to: "LSTM",
      arguments: { ...cell, ...sequence, recurrent_activation: activation, unit_forget_bias: kept },
    },
    { names: ["TimeDistributed"], to: "TimeDistributed", arguments: { layer: wrapped } },
    {
      names: ["Bidirectional"],
      to: "Bidirectional",
      arguments: {
        layer: wrapped,
        backward_layer: unused,
        merge_mode: { ...kept, translate: (value) => value },
      },
    },
  ],
};
