// Reads the array format of NumPy, which is a line of text about the type and the shape, and then the numbers.

import { InputError } from "../input/inputError.ts";

/** An array of numbers, row by row. */
export interface NumberArray {
  /** Empty for a single number. */
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

const MAGIC = "\u0093NUMPY";

/**
 * Reads an array of numbers. Every type of number is converted to float32.
 *
 * @param name of the array, for the messages.
 * @throws {InputError} if it is not an array of numbers. Python objects are refused, since reading them runs code.
 */
export function readNpy(bytes: Uint8Array, name: string): NumberArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 10 || latin(bytes.subarray(0, 6)) !== MAGIC)
    throw refusal(name, "must be an array that numpy.save wrote; save it again", "another format");
  const long = view.getUint8(6) >= 2;
  const start = long ? 12 : 10;
  const length = long ? view.getUint32(8, true) : view.getUint16(8, true);
  const header = latin(bytes.subarray(start, start + length));
  const type = /'descr':\s*'([^']*)'/.exec(header)?.[1] ?? "";
  const shape = (/'shape':\s*\(([^)]*)\)/.exec(header)?.[1] ?? "").match(/\d+/g)?.map(Number) ?? [];
  const reader = readerOf(type, name);
  const count = shape.reduce((product, side) => product * side, 1);
  const data = start + length;
  if (data + count * reader.bytes > bytes.length)
    throw refusal(name, "is cut off; save or copy it again", `${bytes.length} bytes`);
  const values = new Float32Array(count);
  const little = type[0] !== ">";
  for (let at = 0; at < count; at++) values[at] = reader.read(view, data + at * reader.bytes, little);
  return /'fortran_order':\s*True/.test(header) ? byRows(shape, values) : { shape, values };
}

interface NumberReader {
  readonly bytes: number;
  read(view: DataView, at: number, little: boolean): number;
}

const READERS: Readonly<Record<string, NumberReader>> = {
  f4: { bytes: 4, read: (view, at, little) => view.getFloat32(at, little) },
  f8: { bytes: 8, read: (view, at, little) => view.getFloat64(at, little) },
  f2: { bytes: 2, read: (view, at, little) => halfFloat(view.getUint16(at, little)) },
  i1: { bytes: 1, read: (view, at) => view.getInt8(at) },
  i2: { bytes: 2, read: (view, at, little) => view.getInt16(at, little) },
  i4: { bytes: 4, read: (view, at, little) => view.getInt32(at, little) },
  i8: { bytes: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  u1: { bytes: 1, read: (view, at) => view.getUint8(at) },
  u2: { bytes: 2, read: (view, at, little) => view.getUint16(at, little) },
  u4: { bytes: 4, read: (view, at, little) => view.getUint32(at, little) },
  u8: { bytes: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
  b1: { bytes: 1, read: (view, at) => view.getUint8(at) },
};

function readerOf(type: string, name: string): NumberReader {
  const reader = READERS[type.slice(1)];
  if (reader) return reader;
  const isObject = type.includes("O");
  throw refusal(
    name,
    isObject
      ? "must hold numbers: Python objects are pickled, and reading them would run code; save plain arrays"
      : "must hold numbers; convert it before you save it",
    type === "" ? "a table of several types" : type,
  );
}

/** Reads a 16-bit float. */
function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * 2 ** -24 * fraction;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * 2 ** (exponent - 25) * (1024 + fraction);
}

/** Turns an array that is stored column by column. */
function byRows(shape: readonly number[], stored: Float32Array): NumberArray {
  const values = new Float32Array(stored.length);
  const place = new Array<number>(shape.length).fill(0);
  for (const value of stored) {
    values[place.reduce((at, index, axis) => at * (shape[axis] as number) + index, 0)] = value;
    for (let axis = 0; axis < shape.length; axis++) {
      place[axis] = (place[axis] as number) + 1;
      if ((place[axis] as number) < (shape[axis] as number)) break;
      place[axis] = 0;
    }
  }
  return { shape, values };
}

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function refusal(field: string, message: string, got: unknown): InputError {
  return new InputError({ code: "invalid-array", field, message, got });
}
