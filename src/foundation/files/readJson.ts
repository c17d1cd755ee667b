import { InputError } from "../input/inputError.ts";
import { MOST_NESTING, nestingOf } from "./nesting.ts";
import { readWhole } from "./readWhole.ts";

/** The files read here are about a page long; a larger file must be the wrong one. */
const MOST_BYTES = 1024 ** 2;

/**
 * Reads a JSON file that learnproof wrote or defines, such as a config.
 *
 * @param what what the file should be, such as `config`, for the messages.
 * @param mostBytes the largest size accepted. @defaultValue 1 MiB
 * @throws {InputError} when the file cannot be read, is no JSON, or is nested more than 100 deep.
 */
export async function readJson(path: string, what: string, mostBytes: number = MOST_BYTES): Promise<unknown> {
  const { bytes } = readWhole(path, { what: `a JSON file with a ${what}`, mostBytes });
  const text = bytes.toString("utf8").replace(/^\uFEFF/, "");
  if (text.trim() === "") {
    throw new InputError({
      code: "empty-file",
      field: path,
      message:
        what === "config"
          ? "must hold a JSON object; write {} to take every default"
          : `must hold a ${what}; record it again`,
      got: "an empty file",
    });
  }
  return parseJson(text, path);
}

/**
 * Parses JSON from an untrusted source.
 *
 * @param field for the messages: the file, or the field that names it.
 * @throws {InputError} where it is no JSON, or is nested more than 100 deep.
 */
export function parseJson(text: string, field: string): unknown {
  const nesting = nestingOf(text);
  if (nesting > MOST_NESTING) {
    throw new InputError({
      code: "too-deep",
      field,
      message: `must be JSON whose lists and objects lie at most ${MOST_NESTING} deep; write it flatter`,
      got: `${nesting} deep`,
    });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError({
      code: "invalid-json",
      field,
      message: "must be valid JSON (no comments, no trailing commas, no NaN); correct it at the place named",
      got: (error as SyntaxError).message,
    });
  }
}
