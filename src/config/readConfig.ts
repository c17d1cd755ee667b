import { readFile, stat } from "node:fs/promises";
import { InputError } from "./inputError.ts";
import { parseConfig } from "./parseConfig.ts";
import type { Config } from "./schema.ts";

/** A config is a page of text; a larger file is some other file. */
const MOST_BYTES = 1024 ** 2;

/**
 * Reads, parses and checks a config file; every default is filled in.
 *
 * @throws {InputError} when the file cannot be read, is no JSON, or breaks a rule of the schema.
 */
export async function readConfig(path: string): Promise<Config> {
  return parseConfig(parseJson(await readText(path), path));
}

async function readText(path: string): Promise<string> {
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(path, error);
  });
  if (!info.isFile()) {
    throw new InputError({
      code: "not-a-file",
      field: path,
      message: "must be a JSON file with a config; name the file itself",
      got: info.isDirectory() ? "a directory" : "something that is no file",
    });
  }
  if (info.size > MOST_BYTES) {
    throw new InputError({
      code: "too-large",
      field: path,
      message: "must be a config of at most 1 MiB; name another file",
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

function parseJson(text: string, path: string): unknown {
  const withoutMark = text.replace(/^\uFEFF/, "");
  if (withoutMark.trim() === "") {
    throw new InputError({
      code: "empty-file",
      field: path,
      message: "must hold a JSON object; write {} to take every default",
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
