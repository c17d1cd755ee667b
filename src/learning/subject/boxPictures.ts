// Draws pictures of a box on a background; the targets are the box's centre.
// One box position in five belongs to the held-out set and the others to the training set, whatever the number of
// examples. So the two sets share no picture, even if pictures without noise must repeat (a 16-pixel picture has 169
// places for a 4-pixel box), and held-out boxes stand where no training box did.

import { type SeedStream, seedStream } from "../../foundation/random/seedStream.ts";
import { shuffledIndices } from "../../foundation/random/shuffle.ts";
import type { BoxConfig, BoxDataConfig, BoxModelConfig } from "../config/schema.ts";
import type { ExampleSet, Examples } from "./examples.ts";

const HELD_OUT_SHARE = 1 / 5;

/** Brightness of the box per channel on a plain background: grey, or an orange whose channels all differ. */
const PLAIN_BOX = { 1: [1], 3: [1, 0.6, 0.3] } as const;

/** The range of a contrast background's brightness, and of how much lighter or darker the box is. */
const CONTRAST_GROUND = { low: 0.35, high: 0.65 };
const CONTRAST_STEP = { low: 0.25, high: 0.35 };

/**
 * Draws the pictures and targets of one set. Inputs `[count, imageSize, imageSize, channels]` lie within `inputRange`;
 * targets `[count, 2]` are the centre (x, y) as a fraction of the side, mapped to `targetRange`.
 *
 * The first n examples of a set are the same whatever its size.
 */
export function drawBoxPictures(config: BoxConfig, set: ExampleSet): Examples {
  const { model, data, seed } = config;
  const count = set === "train" ? data.examples : data.heldOut;
  const pixels = model.imageSize ** 2 * model.channels;
  const inputs = new Float32Array(count * pixels);
  const targets = new Float32Array(count * 2);
  const places = placesOf(set, config);
  const boxes = seedStream(seed, `data/${set}/boxes`);
  const shades = seedStream(seed, `data/${set}/shades`);
  const noise = seedStream(seed, `data/${set}/noise`);

  for (let example = 0; example < count; example++) {
    const place = places[boxes.below(places.length)] as number;
    const room = model.imageSize - data.boxSize + 1;
    const left = place % room;
    const top = Math.floor(place / room);
    const picture = inputs.subarray(example * pixels, (example + 1) * pixels);
    paint(picture, { left, top, ...drawShades(model, data, shades) }, model, data, noise);
    targets[2 * example] = mapCentre(left, model, data);
    targets[2 * example + 1] = mapCentre(top, model, data);
  }
  return {
    count,
    inputShape: [model.imageSize, model.imageSize, model.channels],
    outputs: 2,
    inputs,
    targets,
  };
}

/** Returns the box positions (top × room + left) that belong to a set. */
function placesOf(set: ExampleSet, { model, data, seed }: BoxConfig): Int32Array {
  const count = (model.imageSize - data.boxSize + 1) ** 2;
  const shuffled = shuffledIndices(count, seedStream(seed, "data/split"));
  const heldOut = Math.max(1, Math.floor(count * HELD_OUT_SHARE));
  return set === "heldOut" ? shuffled.subarray(0, heldOut) : shuffled.subarray(heldOut);
}

interface Painting {
  readonly left: number;
  readonly top: number;
  /** Brightness of the ground before noise, in [0, 1]. */
  readonly ground: number;
  /** Brightness of the box per channel, in [0, 1]. */
  readonly box: readonly number[];
}

function drawShades(
  model: BoxModelConfig,
  data: BoxDataConfig,
  shades: SeedStream,
): Pick<Painting, "ground" | "box"> {
  if (data.background === "plain") return { ground: 0, box: PLAIN_BOX[model.channels] };
  const ground = between(CONTRAST_GROUND, shades.uniform());
  const step = between(CONTRAST_STEP, shades.uniform());
  const shade = shades.uniform() < 0.5 ? ground - step : ground + step;
  return { ground, box: Array.from({ length: model.channels }, () => shade) };
}

function between({ low, high }: { low: number; high: number }, fraction: number): number {
  return low + (high - low) * fraction;
}

function paint(
  picture: Float32Array,
  { left, top, ground, box }: Painting,
  { imageSize, channels }: BoxModelConfig,
  { boxSize, noise: amplitude, background, inputRange: [low, high] }: BoxDataConfig,
  noise: SeedStream,
): void {
  // Noise lies in [0, amplitude) above a black ground, and evenly around a grey one.
  const centre = background === "plain" ? 0 : 0.5;
  let index = 0;
  for (let y = 0; y < imageSize; y++) {
    for (let x = 0; x < imageSize; x++) {
      const inside = x >= left && x < left + boxSize && y >= top && y < top + boxSize;
      for (let channel = 0; channel < channels; channel++, index++) {
        const speck = amplitude === 0 ? 0 : amplitude * (noise.uniform() - centre);
        const brightness = inside ? (box[channel] as number) : clip(ground + speck);
        picture[index] = low + (high - low) * brightness;
      }
    }
  }
}

function clip(brightness: number): number {
  return Math.min(1, Math.max(0, brightness));
}

function mapCentre(corner: number, model: BoxModelConfig, data: BoxDataConfig): number {
  const [low, high] = data.targetRange;
  return low + (high - low) * ((corner + data.boxSize / 2) / model.imageSize);
}
