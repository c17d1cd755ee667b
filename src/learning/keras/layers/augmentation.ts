// Layers that change images at random in training and hand them on as they are in evaluation. Each image of a batch gets
// a change of its own. The random numbers come from the streams of the layer, as those of every layer do.

import {
  add,
  clipByValue,
  gather,
  mean,
  mul,
  reshape,
  sub,
  type Tensor,
  tensor1d,
  tensor2d,
  tensor4d,
  tidy,
} from "@tensorflow/tfjs-core";
import {
  drawTransform,
  type FillMode,
  placesOf,
  type Range,
  type TransformSettings,
} from "./imageTransform.ts";
import { type CallOptions, type LayerArguments, OwnLayer, register } from "./ownLayer.ts";

/** Images `[batch, height, width, channels]` that training changes and evaluation does not. */
abstract class ImageAugmentation<Settings extends object> extends OwnLayer {
  readonly settings: Settings;
  readonly #strength: number;

  constructor(args: LayerArguments & Settings & { strength?: number }, settings: Settings) {
    super(args);
    this.settings = settings;
    this.#strength = args.strength ?? 1;
  }

  protected abstract change(images: Tensor): Tensor;

  protected override compute(input: Tensor, { training }: CallOptions): Tensor {
    return training && this.#strength > 0 ? tidy(() => this.change(input)) : input.clone();
  }

  override getConfig() {
    return { ...super.getConfig(), ...(this.settings as object), strength: this.#strength };
  }
}

/** Flips, turns, moves and scales images; each may be left out. */
class KerasRandomTransform extends ImageAugmentation<TransformSettings> {
  static readonly className = "KerasRandomTransform";

  constructor(args: LayerArguments & TransformSettings & { strength?: number }) {
    const { flipRows = false, flipColumns = false, turns = [0, 0], rows = [0, 0], columns = [0, 0] } = args;
    const {
      tall = [0, 0],
      wide = null,
      fillMode = "reflect",
      fillValue = 0,
      interpolation = "bilinear",
    } = args;
    super(args, {
      ...{ flipRows, flipColumns, turns, rows, columns, tall, wide },
      ...{ fillMode: fillMode as FillMode, fillValue, interpolation },
    });
  }

  protected override change(images: Tensor): Tensor {
    const [batch, height, width, channels] = images.shape as [number, number, number, number];
    const transforms = Array.from({ length: batch }, () => drawTransform(this.settings, Math.random));
    const { taps, missing } = placesOf(transforms, { height, width }, this.settings);
    const pixels = reshape(images, [-1, channels]);
    const seen = taps
      .map(({ places, shares }) =>
        mul(gather(pixels, tensor1d(places, "int32")), tensor2d(shares, [shares.length, 1])),
      )
      .reduce((sum, tap) => add(sum, tap) as Tensor);
    const filled = add(seen, mul(tensor2d(missing, [missing.length, 1]), this.settings.fillValue ?? 0));
    return reshape(filled as Tensor, images.shape);
  }
}

interface ColourSettings {
  /** What is added, in parts of the range of values: from, to. */
  readonly brightness?: Range;
  /** What the distance from the image's mean is multiplied by, less 1: from, to. */
  readonly contrast?: Range;
  /** Values beyond this range are cut off. */
  readonly valueRange?: Range;
}

/** Brightens images or changes their contrast, and cuts off what leaves the range of values, as Keras does. */
class KerasRandomColour extends ImageAugmentation<Required<ColourSettings>> {
  static readonly className = "KerasRandomColour";

  constructor(args: LayerArguments & ColourSettings & { strength?: number }) {
    const { brightness = [0, 0], contrast = [0, 0], valueRange = [0, 255] } = args;
    super(args as LayerArguments & Required<ColourSettings>, { brightness, contrast, valueRange });
  }

  protected override change(images: Tensor): Tensor {
    const { brightness, contrast, valueRange } = this.settings;
    const [low, high] = valueRange;
    const batch = images.shape[0] as number;
    const perImage = (range: Range, scale: number) =>
      tensor4d(
        Array.from({ length: batch }, () => scale * between(range)),
        [batch, 1, 1, 1],
      );
    const centre = mean(images, [1, 2], true);
    const contrasted = add(mul(sub(images, centre), add(perImage(contrast, 1), 1)), centre);
    return clipByValue(add(contrasted, perImage(brightness, high - low)) as Tensor, low, high);
  }
}

function between([low, high]: Range): number {
  return low + (high - low) * Math.random();
}

for (const layer of [KerasRandomTransform, KerasRandomColour]) register(layer);
