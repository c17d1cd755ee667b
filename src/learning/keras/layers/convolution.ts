// Convolutions with settings that TensorFlow.js lacks or cannot train: dilated kernels and groups of channels.

import {
  add,
  concat,
  conv1d,
  conv2d,
  conv3d,
  pad,
  reshape,
  slice,
  split,
  type Tensor,
  type Tensor3D,
  type Tensor4D,
  type Tensor5D,
  tidy,
  transpose,
} from "@tensorflow/tfjs-core";
import { layers } from "@tensorflow/tfjs-layers";
import { register, type Shape } from "./ownLayer.ts";

/** What this file uses of a convolution of TensorFlow.js. */
interface Parts {
  readonly rank: number;
  readonly kernel: { read(): Tensor };
  readonly bias: { read(): Tensor } | null;
  readonly strides: readonly number[];
  readonly padding: "valid" | "same";
  readonly dataFormat: string;
  readonly dilationRate: readonly number[];
  readonly activation: { apply(input: Tensor): Tensor };
}

type Arguments = Parameters<typeof layers.conv2d>[0] & {
  readonly groups?: number;
  /** Whether a step of a sequence sees no later one: all padding stands before the first. */
  readonly causal?: boolean;
};
type Stock = layers.Layer;
type StockClass = new (args: Arguments) => Stock;

/** Makes the class of a convolution that takes dilated kernels and groups. */
function withSettings(stock: Stock, className: string) {
  const Base = stock.constructor as StockClass;
  return class extends Base {
    static readonly className = className;
    readonly groups: number;
    readonly causal: boolean;

    constructor({ groups = 1, causal = false, ...args }: Arguments) {
      super(args as Arguments);
      this.groups = groups;
      this.causal = causal;
    }

    override build(inputShape: Shape | Shape[]): void {
      const shape = [...(inputShape as Shape)];
      const axis = (this as unknown as Parts).dataFormat === "channelsFirst" ? 1 : shape.length - 1;
      shape[axis] = (shape[axis] as number) / this.groups;
      super.build(shape);
      this.inputSpec = [{ ndim: shape.length }];
    }

    override call(inputs: Tensor | Tensor[]): Tensor {
      const input = Array.isArray(inputs) ? (inputs[0] as Tensor) : inputs;
      const parts = this as unknown as Parts;
      return tidy(() =>
        this.causal
          ? convolve(padBefore(input, parts), { ...partsOf(parts), padding: "valid" }, this.groups)
          : convolve(input, parts, this.groups),
      );
    }

    override getConfig() {
      return { ...super.getConfig(), groups: this.groups, ...(this.causal && { causal: true }) };
    }
  };
}

function partsOf({
  rank,
  kernel,
  bias,
  strides,
  padding,
  dataFormat,
  dilationRate,
  activation,
}: Parts): Parts {
  return { rank, kernel, bias, strides, padding, dataFormat, dilationRate, activation };
}

/** Puts as many zeros before a sequence as its kernel reaches back. */
function padBefore(input: Tensor, { kernel, dataFormat, dilationRate }: Parts): Tensor {
  const steps = dataFormat === "channelsFirst" ? 2 : 1;
  const before = (dilationRate[0] ?? 1) * ((kernel.read().shape[0] as number) - 1);
  return pad(
    input,
    input.shape.map((_, axis): [number, number] => [axis === steps ? before : 0, 0]),
  );
}

function convolve(input: Tensor, parts: Parts, groups: number): Tensor {
  const isFirst = parts.dataFormat === "channelsFirst";
  const spatial = Array.from({ length: parts.rank }, (_, axis) => axis + 2);
  const last = isFirst ? transpose(input, [0, ...spatial, 1]) : input;
  const kernel = dilated(parts.kernel.read(), parts.dilationRate);
  // TensorFlow.js has no gradient for a split into one part.
  const channelsOf = groups === 1 ? [last] : split(last, groups, last.rank - 1);
  const answers = channelsOf.map((channels, group) => run(channels, filtersOf(kernel, group, groups), parts));
  const joined = answers.length === 1 ? (answers[0] as Tensor) : concat(answers, last.rank - 1);
  const shifted = parts.bias ? add(joined, parts.bias.read()) : joined;
  const shaped = isFirst
    ? transpose(shifted, [0, parts.rank + 1, ...spatial.map((axis) => axis - 1)])
    : shifted;
  return parts.activation.apply(shaped);
}

/** Returns the filters of one group: a share of the kernel's last axis. */
function filtersOf(kernel: Tensor, group: number, groups: number): Tensor {
  const share = (kernel.shape.at(-1) as number) / groups;
  const begin = kernel.shape.map((_, axis) => (axis === kernel.rank - 1 ? group * share : 0));
  return slice(kernel, begin, [...kernel.shape.slice(0, -1), share]);
}

/** Writes a dilated kernel out, with zeros between its numbers: a gradient for a dilated one is lacking. */
function dilated(kernel: Tensor, rates: readonly number[]): Tensor {
  return rates.reduce((value, rate, axis) => {
    if (rate === 1) return value;
    const { shape } = value;
    const size = shape[axis] as number;
    const [before, after] = [shape.slice(0, axis), shape.slice(axis + 1)];
    const apart = reshape(value, [...before, size, 1, ...after]);
    const margins = apart.shape.map((_, at): [number, number] => [0, at === axis + 1 ? rate - 1 : 0]);
    const wide = reshape(pad(apart, margins), [...before, size * rate, ...after]);
    return slice(
      wide,
      wide.shape.map(() => 0),
      [...before, (size - 1) * rate + 1, ...after],
    );
  }, kernel);
}

function run(input: Tensor, kernel: Tensor, { rank, strides, padding }: Parts): Tensor {
  const stride = strides as [number, number, number];
  if (rank === 1) return conv1d(input as Tensor3D, kernel as Tensor3D, stride[0], padding);
  if (rank === 2) return conv2d(input as Tensor4D, kernel as Tensor4D, [stride[0], stride[1]], padding);
  return conv3d(input as Tensor5D, kernel as Tensor5D, stride, padding);
}

const settings = { filters: 1, kernelSize: 1, name: "stock" };
register(withSettings(layers.conv1d(settings), "KerasConv1D"));
register(withSettings(layers.conv2d(settings), "KerasConv2D"));
register(withSettings(layers.conv3d(settings), "KerasConv3D"));
