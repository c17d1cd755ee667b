// Pictures with what is true of them and what a run predicts.

import { encode } from "fast-png";
import { largestOf } from "../../foundation/numbers/extremes.ts";
import { printNumber } from "../../foundation/print/printNumber.ts";
import type { Config } from "../../learning/config/schema.ts";
import type { Examples } from "../../learning/subject/examples.ts";
import { inputParts, type Part, type Placed, targetParts } from "../../learning/subject/parts.ts";
import { escapeMarkup } from "./markup.ts";
import { isPicture } from "./plainVerdict.ts";

/** What a row of pictures shows. */
export interface Shown {
  /** Null for a subject that a program made itself. */
  readonly config: Config | null;
  readonly examples: Examples;
  /** `[count, outputs]`, of the same examples in the same order. */
  readonly predictions: Float32Array;
}

/** A page has room for these bytes of pictures; fewer pictures are shown where they are large. */
const MAX_BYTES = 28_000;
/** Larger pictures are made smaller, to this many pixels on their longer side. */
const MAX_SIDE = 40;
/** However large, so many are shown. */
const MIN_PICTURES = 4;

/** The first input that can be shown as a picture. */
function pictureIn(examples: Examples): Placed<Part> | undefined {
  return inputParts(examples).find(({ shape }) => isPicture(shape));
}

/** Draws the first pictures of a set of examples, at most `most`; none where the inputs are no pictures. */
export function drawPictures(examples: Examples, most: number): readonly string[] {
  const part = pictureIn(examples);
  if (!part) return [];
  const pictures: string[] = [];
  let bytes = 0;
  for (let index = 0; index < Math.min(most, examples.count); index++) {
    const picture = pictureOf(examples, part, index);
    bytes += picture.length;
    if (bytes > MAX_BYTES && index >= MIN_PICTURES) break;
    pictures.push(picture);
  }
  return pictures;
}

/** How a row of pictures stands on its page. */
export interface PictureRow {
  /** Names the row to those who cannot see it. */
  readonly label: string;
  /** The pictures are known by this name and their number, so that another row of the page can show them again. */
  readonly id: string;
  /** Whether a row before has the pictures. @defaultValue false */
  readonly again?: boolean;
  /** The first picture of the row. @defaultValue 0 */
  readonly from?: number;
}

/** A row of pictures with their true boxes (solid) and predicted ones (dashed), or with their true and predicted values. */
export function renderPictures(
  pictures: readonly string[],
  shown: Shown,
  { label, id, again = false, from = 0 }: PictureRow,
): string {
  const items = pictures.slice(from).map((picture, place) => {
    const index = from + place;
    const boxes = boxesOf(shown, index);
    const words = boxes === null ? describeExample(shown, index) : describeBoxes(shown, index);
    const [height = 1, width = 1] = pictureIn(shown.examples)?.shape ?? [];
    const image = again
      ? `<use href="#${id}${index}"/>`
      : `<image id="${id}${index}" href="${picture}" width="${width}" height="${height}" preserveAspectRatio="none"/>`;
    const svg = `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeMarkup(`Picture ${index + 1}: ${words}`)}">${image}${boxes ?? ""}</svg>`;
    return `<li>${svg}${boxes === null ? `<span${classAttribute(shown, index)}>${escapeMarkup(words)}</span>` : ""}</li>`;
  });
  return `<ul class="pictures${from > 0 ? " many" : ""}" aria-label="${escapeMarkup(label)}">${items.join("\n")}</ul>`;
}

/** Whether a subject's targets are places of boxes, which can be drawn. */
export function showsBoxes({ config, examples }: Pick<Shown, "config" | "examples">): boolean {
  return config?.subject === "box-regression" && examples.inputShape.length === 3 && examples.outputs === 2;
}

function boxesOf({ config, examples, predictions }: Shown, index: number): string | null {
  if (config?.subject !== "box-regression" || !showsBoxes({ config, examples })) return null;
  const { imageSize } = config.model;
  const { boxSize, targetRange } = config.data;
  const [low, high] = targetRange;
  const pixels = (value: number) => ((value - low) / (high - low)) * imageSize - boxSize / 2;
  const box = (table: Float32Array, attributes: string) => {
    const [x, y] = rowOf(table, index, 2).map(pixels) as [number, number];
    if (!Number.isFinite(x) || !Number.isFinite(y)) return "";
    return `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${boxSize}" height="${boxSize}" stroke-width="${imageSize / 32}"${attributes}/>`;
  };
  return `${box(examples.targets, "")}${box(predictions, ` class="says" stroke-dasharray="${imageSize / 16}"`)}`;
}

function describeBoxes({ examples, predictions }: Shown, index: number): string {
  const place = (table: Float32Array) => rowOf(table, index, 2).map(short).join(", ");
  return `true box at ${place(examples.targets)}, predicted at ${place(predictions)}`;
}

function short(value: number): string {
  return printNumber(Number(value.toPrecision(2)));
}

/** The true and the predicted values of one example, in words. */
export function describeExample(shown: Shown, index: number): string {
  return `${truthOf(shown.examples, index)}, predicted ${answerOf(shown, index)}`;
}

/** The most outputs that are named one by one. */
const MAX_OUTPUTS = 3;

/** What is true of an example: for each output its class, or its numbers. */
export function truthOf(examples: Examples, index: number): string {
  return describeRow(examples, rowOf(examples.targets, index, examples.outputs));
}

/** What is predicted of an example. */
export function answerOf({ predictions, examples }: Shown, index: number): string {
  return describeRow(examples, rowOf(predictions, index, examples.outputs));
}

function describeRow(examples: Examples, row: readonly number[]): string {
  const parts = targetParts(examples);
  const values = parts.map(({ name, shape, offset, size, classification }) => {
    const part = row.slice(offset, offset + size);
    const own = classification ? classesOf(part, shape.at(-1) ?? 1) : numbersOf(part);
    return parts.length > 1 ? `${name} ${own}` : own;
  });
  return values.join("; ");
}

function numbersOf(row: readonly number[]): string {
  return shorten(row.map(printNumber));
}

/** The class at each place of the output, which has a number for each class there. */
function classesOf(row: readonly number[], classes: number): string {
  if (!row.every(Number.isFinite)) return "no class (not a number)";
  const places = row.length / classes;
  const named = Array.from({ length: Math.min(places, MAX_OUTPUTS + 1) }, (_, place) =>
    String(classOf(row.slice(place * classes, (place + 1) * classes))),
  );
  return places === 1 ? `class ${named[0]}` : `classes ${shorten(named)}`;
}

function shorten(values: readonly string[]): string {
  const shown = values.slice(0, MAX_OUTPUTS).join(", ");
  return values.length > MAX_OUTPUTS ? `${shown}, …` : shown;
}

/** One output gives the probability of class 1, more give one for each class. */
function classOf(row: readonly number[]): number {
  return row.length === 1 ? Number((row[0] as number) >= 0.5) : row.indexOf(largestOf(row));
}

function classAttribute(shown: Shown, index: number): string {
  if (!targetParts(shown.examples).every(({ classification }) => classification)) return "";
  return truthOf(shown.examples, index) === answerOf(shown, index) ? ' class="holds"' : ' class="broken"';
}

function rowOf(table: Float32Array, index: number, outputs: number): number[] {
  return [...table.subarray(index * outputs, (index + 1) * outputs)];
}

/** One example as a PNG within a data URL; the range of its own pixels becomes black to white. */
function pictureOf(
  { inputs, count }: Examples,
  { shape, offset, size }: Placed<Part>,
  index: number,
): string {
  const [height, width, channels] = shape as [number, number, number];
  const from = index * (inputs.length / count) + offset;
  const small = shrink(inputs.subarray(from, from + size), [height, width, channels]);
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of small.pixels) [least, most] = [Math.min(least, value), Math.max(most, value)];
  const data = Uint8Array.from(small.pixels, (value) =>
    Math.round((255 * (value - least)) / (most - least || 1)),
  );
  const { width: columns, height: rows } = small;
  const png = encode({ width: columns, height: rows, data, depth: 8, channels: channels as 1 | 3 });
  return `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
}

/** Averages the pixels of equal squares, so that the longer side has at most {@link MAX_SIDE} of them. */
function shrink(pixels: Float32Array, [height, width, channels]: readonly [number, number, number]) {
  const side = Math.ceil(Math.max(height, width) / MAX_SIDE);
  const [rows, columns] = [Math.ceil(height / side), Math.ceil(width / side)];
  const sums = new Float64Array(rows * columns * channels);
  const counts = new Float64Array(sums.length);
  pixels.forEach((value, index) => {
    const pixel = Math.floor(index / channels);
    const [row, column] = [Math.floor(Math.floor(pixel / width) / side), Math.floor((pixel % width) / side)];
    const place = (row * columns + column) * channels + (index % channels);
    sums[place] = (sums[place] as number) + value;
    counts[place] = (counts[place] as number) + 1;
  });
  return { pixels: sums.map((sum, place) => sum / (counts[place] as number)), width: columns, height: rows };
}
