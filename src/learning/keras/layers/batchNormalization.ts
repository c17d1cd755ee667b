// Batch normalisation as Keras computes it, where TensorFlow.js lacks it or fails.

import {
  add,
  moments,
  mul,
  ones,
  reshape,
  rsqrt,
  sub,
  type Tensor,
  tidy,
  zeros,
} from "@tensorflow/tfjs-core";
import { layers } from "@tensorflow/tfjs-layers";
import { fromFront } from "../../../foundation/numbers/fromFront.ts";
import { type CallOptions, register, type Shape } from "./ownLayer.ts";

type Arguments = Parameters<typeof layers.batchNormalization>[0];
type Stock = ReturnType<typeof layers.batchNormalization>;

// TensorFlow.js exports a function that makes this layer, and not its class.
const StockBatchNormalization = layers.batchNormalization({ name: "stock" }).constructor as new (
  args: Arguments,
) => Stock;

/** TensorFlow.js normalises tensors of no more axes, and so no volumes and no films. */
const MOST_AXES = 4;

const { call: callStock } = StockBatchNormalization.prototype;

/** Where the other axes do not count, volumes are normalised as pictures whose rows stand one behind the other. */
StockBatchNormalization.prototype.call = function call(
  inputs: Tensor | Tensor[],
  options: CallOptions,
): Tensor | Tensor[] {
  const given = (Array.isArray(inputs) ? inputs[0] : inputs) as Tensor;
  const layer = this as unknown as { axis: number };
  const { axis } = layer;
  const place = fromFront(axis, given.rank);
  const isLast = place === given.rank - 1;
  if (given.rank <= MOST_AXES || !(isLast || place === 1)) return callStock.call(this, inputs, options);
  return tidy(() => {
    const [batch, channels] = [given.shape[0] as number, given.shape[place] as number];
    const others = given.size / (batch * channels);
    layer.axis = isLast ? -1 : 1;
    try {
      const flat = reshape(given, isLast ? [batch, others, channels] : [batch, channels, others]);
      return reshape(callStock.call(this, flat, options) as Tensor, given.shape);
    } finally {
      layer.axis = axis;
    }
  });
};

interface Parts {
  gamma: { read(): Tensor } | undefined;
  beta: { read(): Tensor } | undefined;
  readonly axis: number;
  readonly scale: boolean;
  readonly center: boolean;
  readonly epsilon: number;
}

/** Batch normalisation without a scale or a centre, with which TensorFlow.js cannot train. */
class KerasBatchNormalization extends StockBatchNormalization {
  static readonly className: string = "KerasBatchNormalization";

  override build(inputShape: Parameters<Stock["build"]>[0]): void {
    super.build(inputShape);
    const parts = this as unknown as Parts;
    const shape = inputShape as Shape;
    const size = shape.at(parts.axis) as number;
    if (!parts.scale) parts.gamma = { read: () => ones([size]) };
    if (!parts.center) parts.beta = { read: () => zeros([size]) };
  }
}

/** Batch normalisation that is always called with `training=True`: it normalises by the batch in evaluation too. */
class SteadyBatchNormalization extends KerasBatchNormalization {
  static override readonly className = "SteadyBatchNormalization";

  /** In evaluation the moving averages stay as they are: being asked changes nothing. */
  override call(inputs: Tensor | Tensor[], options: CallOptions): Tensor | Tensor[] {
    if (options.training) return super.call(inputs, options);
    return tidy(() => {
      const input = (Array.isArray(inputs) ? inputs[0] : inputs) as Tensor;
      const { axis, gamma, beta, epsilon } = this as unknown as Parts;
      const place = fromFront(axis, input.rank);
      const others = input.shape.map((_, at) => at).filter((at) => at !== place);
      const { mean: centre, variance } = moments(input, others, true);
      const along = (part: Parts["gamma"]) => reshape((part as { read(): Tensor }).read(), variance.shape);
      const normal = mul(sub(input, centre), rsqrt(add(variance, epsilon)));
      return add(mul(normal, along(gamma)), along(beta));
    });
  }
}

/** Batch normalisation that uses its moving averages in training too, as a frozen one does in Keras. */
class FrozenBatchNormalization extends KerasBatchNormalization {
  static override readonly className = "FrozenBatchNormalization";

  override call(inputs: Tensor | Tensor[], options: CallOptions): Tensor | Tensor[] {
    return super.call(inputs, { ...options, training: false });
  }
}

for (const layer of [KerasBatchNormalization, SteadyBatchNormalization, FrozenBatchNormalization])
  register(layer);
