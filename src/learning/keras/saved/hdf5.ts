import { createRequire } from "node:module";
import type { Dataset as AnyDataset, Group as AnyGroup } from "jsfive";
import type { NumberArray } from "../../../foundation/arrays/npy.ts";
import { InputError } from "../../../foundation/input/inputError.ts";

/** An HDF5 file whose parts are named by paths such as `model_weights/dense`. */
export interface Hdf5 {
  /** A text, number or list of them; undefined where there is none. */
  attribute(name: string, path?: string): unknown;
  /** The array at a path; undefined where there is none. */
  array(path: string): NumberArray | undefined;
  /** The names within a group, in the file's order; empty where there is no such group. */
  names(path: string): readonly string[];
}

const require = createRequire(import.meta.url);

/** Loads the library when a file is read: every command that may be given a saved model loads this file. */
function loadHdf5() {
  return require("jsfive") as typeof import("jsfive");
}

/** Opens an HDF5 file. @throws {InputError} if it is none, or is damaged. */
export function openHdf5(bytes: Uint8Array, path: string): Hdf5 {
  const { Dataset, File, Group } = loadHdf5();
  const file = guarded(path, () => new File(copyOf(bytes), path));
  const at = (place: string): AnyGroup | AnyDataset | undefined =>
    guarded(path, () => {
      let part: AnyGroup | AnyDataset | undefined = file;
      for (const name of place.split("/").filter(Boolean))
        part = part instanceof Group && part.keys.includes(name) ? part.get(name) : undefined;
      return part;
    });
  return {
    attribute: (name, place = "") => guarded(path, () => at(place)?.attrs[name]),
    array: (place) => {
      const part = at(place);
      return part instanceof Dataset
        ? guarded(path, () => ({
            shape: part.shape,
            values: Float32Array.from(part.value as ArrayLike<number>),
          }))
        : undefined;
    },
    names: (place) => {
      const part = at(place);
      return part instanceof Group ? part.keys : [];
    },
  };
}

function copyOf(bytes: Uint8Array): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

/** The library throws errors of all kinds on a damaged file. */
function guarded<Result>(path: string, read: () => Result): Result {
  try {
    return read();
  } catch {
    throw new InputError({
      code: "invalid-model",
      field: path,
      message: "must be a whole HDF5 file; save or copy it again",
      got: "a file that cannot be read as HDF5",
    });
  }
}
