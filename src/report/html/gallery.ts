import { encode } from "fast-png";
import type { Config } from "../../learning/config/schema.ts";
import type { Examples } from "../../learning/subject/examples.ts";
import type { Evaluation } from "../../learning/training/evaluation.ts";

const MOST_PICTURES = 12;
const TRUE = "#22c55e";
const PREDICTED = "#f43f5e";

/** Pictures with the true box (green) and the predicted one (red, dashed); empty for other subjects. */
export function drawGallery(
  config: Config,
  examples: Examples,
  { targets, predictions }: Evaluation,
): string[] {
  if (config.subject !== "box-regression" || examples.inputShape.length !== 3) return [];
  const { imageSize } = config.model;
  const { boxSize, targetRange } = config.data;
  const [low, high] = targetRange;
  const pixels = (value: number) => ((value - low) / (high - low)) * imageSize - boxSize / 2;
  const count = Math.min(MOST_PICTURES, examples.count, targets.length / 2);
  return Array.from({ length: count }, (_, index) => {
    const box = (table: Float32Array, colour: string, dashes: string) => {
      const [x, y] = [pixels(table[2 * index] as number), pixels(table[2 * index + 1] as number)];
      if (!Number.isFinite(x) || !Number.isFinite(y)) return "";
      return `<rect x="${x.toFixed(2)}" y="${y.toFixed(2)}" width="${boxSize}" height="${boxSize}" fill="none" stroke="${colour}" stroke-width="${imageSize / 40}"${dashes}/>`;
    };
    return `<svg viewBox="0 0 ${imageSize} ${imageSize}" role="img" aria-label="Picture ${index + 1}: true box at ${describe(targets, index)}, predicted at ${describe(predictions, index)}"><image href="${pictureOf(examples, index)}" width="${imageSize}" height="${imageSize}" style="image-rendering:pixelated"/>${box(targets, TRUE, "")}${box(predictions, PREDICTED, ` stroke-dasharray="${imageSize / 16}"`)}</svg>`;
  });
}

function describe(table: Float32Array, index: number): string {
  return [0, 1].map((output) => Number((table[2 * index + output] as number).toPrecision(2))).join(", ");
}

/** One example as a PNG within a data URL; the range of its own pixels becomes black to white. */
function pictureOf({ inputs, inputShape }: Examples, index: number): string {
  const [height, width, channels] = inputShape as [number, number, number];
  const size = height * width * channels;
  const pixels = inputs.subarray(index * size, (index + 1) * size);
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of pixels) [least, most] = [Math.min(least, value), Math.max(most, value)];
  const data = Uint8Array.from(pixels, (value) => Math.round((255 * (value - least)) / (most - least || 1)));
  const png = encode({ width, height, data, depth: 8, channels: channels as 1 | 3 });
  return `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
}
