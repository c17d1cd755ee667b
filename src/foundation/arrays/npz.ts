import { createRequire } from "node:module";
import { readWhole } from "../files/readWhole.ts";
import { InputError } from "../input/inputError.ts";
import { type NumberArray, readNpy } from "./npy.ts";

const MOST_BYTES = 1024 ** 3;

const require = createRequire(import.meta.url);

/** Loads the library when an archive is read: every command that may be given one loads this file. */
function loadZip() {
  return require("fflate") as typeof import("fflate");
}

/**
 * Reads all arrays of a file that `numpy.savez` wrote.
 *
 * @throws {InputError} if the file is not such an archive, or one of its arrays does not hold numbers.
 */
export function readNpz(path: string): ReadonlyMap<string, NumberArray> {
  const { bytes } = readWhole(path, { what: "an .npz file", mostBytes: MOST_BYTES });
  const arrays = new Map<string, NumberArray>();
  for (const [file, content] of unzip(bytes, path))
    if (file.endsWith(".npy"))
      arrays.set(file.slice(0, -4), readNpy(content, `${path}: ${file.slice(0, -4)}`));
  return arrays;
}

/**
 * Unpacks a zip archive.
 *
 * @throws {InputError} if it is not a zip archive, or would unpack to more than a gibibyte.
 */
export function unzip(bytes: Uint8Array, path: string): ReadonlyMap<string, Uint8Array> {
  let size = 0;
  const unpack = () =>
    loadZip().unzipSync(bytes, {
      filter: ({ originalSize }) => {
        size += originalSize;
        return size <= MOST_BYTES;
      },
    });
  try {
    return new Map(Object.entries(unpack()));
  } catch {
    throw new InputError({
      code: "invalid-archive",
      field: path,
      message: "must be a whole zip archive; save or copy it again",
      got: "another format",
    });
  } finally {
    refuseTooLarge(size, path);
  }
}

function refuseTooLarge(size: number, path: string): void {
  if (size <= MOST_BYTES) return;
  throw new InputError({
    code: "too-large",
    field: path,
    message: "must unpack to at most a gibibyte; save less in it",
    got: `${size} bytes`,
  });
}
