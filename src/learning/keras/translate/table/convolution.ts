import { kept, only, unusedIf } from "../arguments/argument.ts";
import type { LayerEntry, LayerGroup } from "./entry.ts";
import { dataFormat, kernelArguments, padding, weightArguments } from "./shared.ts";

const geometry = { kernel_size: kept, strides: kept, padding, dilation_rate: kept };
const ungrouped = unusedIf([1, null], "take groups=1, or one Conv layer for each group and Concatenate");
const noOutputPadding = unusedIf([null], "leave output_padding out, and crop or pad the output");

function transposed(names: readonly string[], to: string): LayerEntry {
  const dilation_rate = unusedIf([1, [1, 1], [1, 1, 1]], "take dilation_rate=1");
  return {
    names,
    to,
    arguments: {
      filters: kept,
      kernel_size: kept,
      strides: kept,
      padding,
      data_format: dataFormat,
      dilation_rate,
      output_padding: noOutputPadding,
      groups: ungrouped,
      ...kernelArguments,
    },
  };
}

/** The weights of a depthwise convolution; its config may also hold the unused ones of the kernel. */
const depthwise = {
  ...geometry,
  data_format: dataFormat,
  depth_multiplier: kept,
  groups: ungrouped,
  ...kernelArguments,
  ...weightArguments("depthwise"),
};

export const convolution: LayerGroup = {
  title: "Convolution",
  entries: [
    {
      names: ["Conv1D", "Convolution1D"],
      to: "Conv1D",
      arguments: {
        filters: kept,
        ...geometry,
        data_format: only([null, "channels_last"], "take channels_last"),
        groups: ungrouped,
        ...kernelArguments,
      },
    },
    {
      names: ["Conv2D", "Convolution2D"],
      to: "Conv2D",
      arguments: {
        filters: kept,
        ...geometry,
        data_format: dataFormat,
        groups: ungrouped,
        ...kernelArguments,
      },
    },
    {
      names: ["Conv3D", "Convolution3D"],
      to: "Conv3D",
      arguments: {
        filters: kept,
        ...geometry,
        data_format: dataFormat,
        groups: ungrouped,
        ...kernelArguments,
      },
    },
    transposed(["Conv2DTranspose", "Convolution2DTranspose", "Deconvolution2D"], "Conv2DTranspose"),
    transposed(["Conv3DTranspose", "Convolution3DTranspose"], "Conv3DTranspose"),
    { names: ["DepthwiseConv2D"], to: "DepthwiseConv2D", arguments: depthwise },
    {
      names: ["SeparableConv2D", "SeparableConvolution2D"],
      to: "SeparableConv2D",
      arguments: { filters: kept, ...depthwise, ...weightArguments("pointwise") },
    },
  ],
};
