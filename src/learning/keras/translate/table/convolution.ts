import { type Argument, kept, only, unusedIf } from "../arguments/argument.ts";
import { behindPermutation } from "./channelsFirst.ts";
import type { LayerEntry, LayerGroup, TranslatedLayer } from "./entry.ts";
import { dataFormat, kernelArguments, padding, weightArguments } from "./shared.ts";

type Arguments = Readonly<Record<string, Argument>>;

const undilated = unusedIf([1, [1], [1, 1], [1, 1, 1]], "take dilation_rate=1");
const oneGroup = unusedIf([1, null], "take groups=1");
const window: Arguments = { kernel_size: kept, strides: kept, padding, data_format: dataFormat };
const convolutionArguments: Arguments = {
  filters: kept,
  ...window,
  dilation_rate: kept,
  groups: kept,
  ...kernelArguments,
};
const transposedArguments: Arguments = {
  ...convolutionArguments,
  dilation_rate: undilated,
  groups: oneGroup,
  output_padding: unusedIf([null], "leave output_padding out, and crop or pad the output"),
};
/** A config may also hold the arguments of a kernel that a depthwise convolution does not have. */
const depthwiseArguments: Arguments = {
  ...window,
  dilation_rate: undilated,
  depth_multiplier: kept,
  groups: oneGroup,
  ...kernelArguments,
  ...weightArguments("depthwise"),
};

/** Takes learnproof's own class for groups of channels, and for a dilated kernel, which TensorFlow.js cannot train. */
function withSettings(layer: TranslatedLayer): TranslatedLayer {
  const { groups = 1, dilation_rate: rates, ...config } = layer.config;
  const isDilated = [rates ?? 1].flat().some((rate) => rate !== 1);
  if (groups === 1 && !isDilated) return { ...layer, config: { ...config, dilation_rate: rates } };
  return {
    class_name: layer.class_name.replace("Conv", "KerasConv"),
    config: { ...config, groups, dilation_rate: rates },
  };
}

/** Pads a causal convolution before its first step, and takes the channels last. */
function sequenceConvolution(layer: TranslatedLayer): TranslatedLayer | readonly TranslatedLayer[] {
  const { padding: written, ...config } = layer.config;
  const row = [behindPermutation(withSettings(layer))].flat();
  if (written !== "causal") return row;
  const first = (part: unknown) => [part ?? 1].flat()[0] as number;
  const before = first(config.dilation_rate) * (first(config.kernel_size) - 1);
  const name = `${config.name}_causal`;
  return row.flatMap((one) =>
    one.class_name === "Permute"
      ? [one]
      : [
          { class_name: "KerasZeroPadding", config: { name, parts: [[before, 0]] } },
          { ...one, config: { ...one.config, padding: "valid" } },
        ],
  );
}

function entry(
  names: readonly string[],
  to: string,
  layerArguments: Arguments,
  finish?: LayerEntry["finish"],
): LayerEntry {
  return { names, to, arguments: layerArguments, ...(finish && { finish }) };
}

const separableArguments = { filters: kept, ...depthwiseArguments, ...weightArguments("pointwise") };
const causal = only(["valid", "same", "causal"], "take valid, same or causal");

export const convolution: LayerGroup = {
  title: "Convolution",
  entries: [
    entry(
      ["Conv1D", "Convolution1D"],
      "Conv1D",
      { ...convolutionArguments, padding: causal },
      sequenceConvolution,
    ),
    entry(["Conv2D", "Convolution2D"], "Conv2D", convolutionArguments, withSettings),
    entry(["Conv3D", "Convolution3D"], "Conv3D", convolutionArguments, withSettings),
    entry(
      ["Conv1DTranspose", "Convolution1DTranspose"],
      "Conv1DTranspose",
      transposedArguments,
      behindPermutation,
    ),
    entry(
      ["Conv2DTranspose", "Convolution2DTranspose", "Deconvolution2D"],
      "Conv2DTranspose",
      transposedArguments,
    ),
    entry(["Conv3DTranspose", "Convolution3DTranspose"], "Conv3DTranspose", transposedArguments),
    entry(["DepthwiseConv1D"], "DepthwiseConv1D", depthwiseArguments, behindPermutation),
    entry(["DepthwiseConv2D"], "DepthwiseConv2D", depthwiseArguments),
    entry(
      ["SeparableConv1D", "SeparableConvolution1D"],
      "SeparableConv1D",
      { ...separableArguments, padding: causal },
      sequenceConvolution,
    ),
    entry(["SeparableConv2D", "SeparableConvolution2D"], "SeparableConv2D", separableArguments),
  ],
};
