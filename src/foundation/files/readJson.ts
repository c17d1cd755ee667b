import { readFile, stat } from "node:fs/promises";
import { InputError } from "../input/inputError.ts";

/** What is read here is a page of text; a larger file is some other file. */
const MOST_BYTES = 1024 ** 2;

/**
 * Reads a JSON file of ours.
 *
 * @param what it should be, such as `config`, for the messages.
 * @throws {InputError} when the file cannot be read or is no JSON.
 */
export async function readJson(path: string, what: string): Promise<unknown> {
  return parseJson(await readText(path, what), path, what);
}

async function readText(path: string, what: string): Promise<string> {
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(path, error);
  });
  if (!info.isFile()) {
    throw new InputError({
      code: "not-a-file",
      field: path,
      message: `must be a JSON file with a ${what}; name the file itself`,
      got: info.isDirectory() ? "a directory" : "something that is no file",
    });
  }
  if (info.size > MOST_BYTES) {
    throw new InputError({
      code: "too-large",
      field: path,
      message: `must be a ${what} of at most 1 MiB; name another file`,
      got: `${info.size} bytes`,
    });
  }
  return readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw unreadable(path, error);
  });
}

function unreadable(path: string, error: NodeJS.ErrnoException): InputError {
  const missing = error.code === "ENOENT" || error.code === "ENOTDIR";
  return new InputError({
    code: missing ? "no-such-file" : "unreadable",
    field: path,
    message: missing ? "does not exist; check the path" : "cannot be read; check its permissions",
    got: error.code,
  });
}

function parseJson(text: string, path: string, what: string): unknown {
  const withoutMark = text.replace(/^\uFEFF/, "");
  if (withoutMark.trim() === "") {
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
  try {
    return JSON.parse(withoutMark);
  } catch (error) {
    throw new InputError({
      code: "invalid-json",
      field: path,
      message: "must be valid JSON (no comments, no trailing commas, no NaN); correct it at the place named",
      got: (error as SyntaxError).message,
    });
  }
}
