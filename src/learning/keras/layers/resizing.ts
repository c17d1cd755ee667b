// Layers that pad, crop or repeat along the axes between batch and channels, for the ranks that TensorFlow.js lacks.

import {
  gather,
  matMul,
  pad,
  reshape,
  slice,
  type Tensor,
  tensor1d,
  tensor2d,
  tidy,
  transpose,
} from "@tensorflow/tfjs-core";
import { type LayerArguments, OwnLayer, register, type Shape } from "./ownLayer.ts";

/** Numbers before and after the contents of an axis. */
type Margin = readonly [before: number, after: number];

/** A layer whose setting has one part for each axis between batch and channels. */
abstract class AxisLayer<Part> extends OwnLayer {
  readonly parts: readonly Part[];
  /** Index of the first of the axes. */
  readonly first: number;
  readonly #dataFormat: string;

  constructor(args: LayerArguments & { readonly parts: readonly Part[]; readonly dataFormat?: string }) {
    super(args);
    this.parts = args.parts;
    this.#dataFormat = args.dataFormat ?? "channelsLast";
    this.first = this.#dataFormat === "channelsFirst" ? 2 : 1;
  }

  /** Returns the part of the setting that an axis has; undefined for batch and channels. */
  partOf(axis: number): Part | undefined {
    return this.parts[axis - this.first];
  }

  override getConfig() {
    return { ...super.getConfig(), parts: this.parts as never, dataFormat: this.#dataFormat };
  }
}

class KerasZeroPadding extends AxisLayer<Margin> {
  static readonly className = "KerasZeroPadding";

  #margin(axis: number): Margin {
    return this.partOf(axis) ?? [0, 0];
  }

  protected override shapeOf(input: Shape): Shape {
    return input.map((side, axis) => side && side + this.#margin(axis)[0] + this.#margin(axis)[1]);
  }

  protected override compute(input: Tensor): Tensor {
    return pad(
      input,
      input.shape.map((_, axis): [number, number] => [...this.#margin(axis)] as [number, number]),
    );
  }
}

class KerasCropping extends AxisLayer<Margin> {
  static readonly className = "KerasCropping";

  #margin(axis: number): Margin {
    return this.partOf(axis) ?? [0, 0];
  }

  protected override shapeOf(input: Shape): Shape {
    return input.map((side, axis) => side && side - this.#margin(axis)[0] - this.#margin(axis)[1]);
  }

  protected override compute(input: Tensor): Tensor {
    const begin = input.shape.map((_, axis) => this.#margin(axis)[0]);
    return slice(input, begin, this.shapeOf(input.shape) as number[]);
  }
}

/** Repeats every step of an axis as often as its part says. */
class KerasUpSampling extends AxisLayer<number> {
  static readonly className = "KerasUpSampling";

  protected override shapeOf(input: Shape): Shape {
    return input.map((side, axis) => side && side * (this.partOf(axis) ?? 1));
  }

  protected override compute(input: Tensor): Tensor {
    return tidy(() => input.shape.reduce((value, _, axis) => this.#repeat(value, axis), input));
  }

  #repeat(input: Tensor, axis: number): Tensor {
    const times = this.partOf(axis) ?? 1;
    if (times === 1) return input;
    const size = (input.shape[axis] as number) * times;
    const places = Int32Array.from({ length: size }, (_, place) => Math.floor(place / times));
    return gather(input, tensor1d(places, "int32"), axis);
  }
}

/** Interpolates an image between the centres of its pixels, as Keras does; TensorFlow.js begins at the corners. */
class KerasBilinearUpSampling extends AxisLayer<number> {
  static readonly className = "KerasBilinearUpSampling";

  protected override shapeOf(input: Shape): Shape {
    return input.map((side, axis) => side && side * (this.partOf(axis) ?? 1));
  }

  protected override compute(input: Tensor): Tensor {
    return tidy(() => input.shape.reduce((value, _, axis) => this.#interpolate(value, axis), input));
  }

  #interpolate(input: Tensor, axis: number): Tensor {
    const times = this.partOf(axis) ?? 1;
    return times === 1 ? input : toSize(input, axis, (input.shape[axis] as number) * times, sharesOf);
  }
}

/** Brings images to one size, as Keras does without antialiasing. */
class KerasResizing extends AxisLayer<number> {
  static readonly className = "KerasResizing";
  readonly #interpolation: string;

  constructor(args: LayerArguments & { readonly parts: readonly number[]; readonly interpolation?: string }) {
    super(args);
    this.#interpolation = args.interpolation ?? "bilinear";
  }

  protected override shapeOf(input: Shape): Shape {
    return input.map((side, axis) => this.partOf(axis) ?? side);
  }

  protected override compute(input: Tensor): Tensor {
    const shares = this.#interpolation === "nearest" ? nearestOf : sharesOf;
    return tidy(() =>
      input.shape.reduce((value, side, axis) => {
        const wide = this.partOf(axis) ?? side;
        return wide === side ? value : toSize(value, axis, wide, shares);
      }, input.clone()),
    );
  }

  override getConfig() {
    return { ...super.getConfig(), interpolation: this.#interpolation };
  }
}

/** Cuts the middle out of an image that is at least as large. */
class KerasCenterCrop extends AxisLayer<number> {
  static readonly className = "KerasCenterCrop";

  protected override shapeOf(input: Shape): Shape {
    return input.map((side, axis) => this.partOf(axis) ?? side);
  }

  protected override compute(input: Tensor): Tensor {
    const size = this.shapeOf(input.shape) as number[];
    const begin = input.shape.map((side, axis) => Math.floor((side - (size[axis] as number)) / 2));
    return slice(input, begin, size);
  }
}

/** Multiplies one axis by the shares that each new pixel has of the old ones. */
function toSize(
  input: Tensor,
  axis: number,
  wide: number,
  sharesOf: (size: number, wide: number) => Float32Array,
): Tensor {
  const size = input.shape[axis] as number;
  const last = input.rank - 1;
  const order = input.shape.map((_, at) => (at === axis ? last : at === last ? axis : at));
  const rows = transpose(input, order);
  const flat = reshape(rows, [-1, size]);
  const product = matMul(flat, tensor2d(sharesOf(size, wide), [size, wide]));
  return transpose(reshape(product, [...rows.shape.slice(0, -1), wide]), order);
}

/** Returns `[size, wide]`: each new pixel is the old one that its centre lies in. */
function nearestOf(size: number, wide: number): Float32Array {
  const shares = new Float32Array(size * wide);
  for (let place = 0; place < wide; place++)
    shares[Math.min(size - 1, Math.floor(((place + 0.5) * size) / wide)) * wide + place] = 1;
  return shares;
}

/** Returns `[size, wide]`: the share of each old pixel in each new one. */
function sharesOf(size: number, wide: number): Float32Array {
  const shares = new Float32Array(size * wide);
  for (let place = 0; place < wide; place++) {
    const centre = Math.min(size - 1, Math.max(0, (place + 0.5) / (wide / size) - 0.5));
    const low = Math.floor(centre);
    const high = Math.min(size - 1, low + 1);
    shares[low * wide + place] = 1 - (centre - low);
    if (high > low) shares[high * wide + place] = centre - low;
  }
  return shares;
}

const LAYERS = [KerasZeroPadding, KerasCropping, KerasUpSampling, KerasBilinearUpSampling, KerasResizing];
for (const layer of [...LAYERS, KerasCenterCrop]) register(layer);
