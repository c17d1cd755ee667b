// Arguments that several layers have.

import { activation } from "../arguments/activation.ts";
import { type Argument, kept, only, unused, unusedIf } from "../arguments/argument.ts";
import { constraint } from "../arguments/constraint.ts";
import { initializer } from "../arguments/initializer.ts";
import { regularizer } from "../arguments/regularizer.ts";

/** Arguments that every layer may have and that `translateLayer` itself reads. */
export const everywhere: Readonly<Record<string, Argument>> = {
  name: kept,
  trainable: kept,
  dtype: unused,
  autocast: unused,
  batch_input_shape: unused,
  batch_shape: unused,
  input_shape: unused,
  input_dim: unused,
  input_length: unused,
  input_dtype: unused,
  activity_regularizer: unused,
  quantization_config: unusedIf([null], "train the model without quantization"),
  lora_rank: unusedIf([null], "train the model without LoRA"),
  lora_alpha: unused,
  weights: unused,
  sparse: unused,
  ragged: unusedIf([false, null], "give inputs of one length, padded"),
  seed: unused,
};

/** Initializer, regularizer and constraint of one weight, such as `kernel`. */
export function weightArguments(weight: string): Readonly<Record<string, Argument>> {
  return {
    [`${weight}_initializer`]: initializer,
    [`${weight}_regularizer`]: regularizer,
    [`${weight}_constraint`]: constraint,
  };
}

/** The arguments of a layer that multiplies its input by a kernel, adds a bias and applies an activation. */
export const kernelArguments: Readonly<Record<string, Argument>> = {
  activation,
  use_bias: kept,
  ...weightArguments("kernel"),
  ...weightArguments("bias"),
};

/** The order of axes: the channels last or first. */
export const dataFormat = only([null, "channels_last", "channels_first"], "take channels_last");
export const padding = only(["valid", "same"], "take valid or same");
