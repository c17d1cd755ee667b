import { resolve } from "node:path";
import { InputError } from "../foundation/input/inputError.ts";
import { BLOB_ENDING } from "../keeping/blob/blobEnding.ts";
import type { Shard } from "../keeping/blob/shard.ts";
import { parseText, type RawOptions } from "./options.ts";

/** What divides a command's work among several machines. */
export interface ShardOptions {
  /** The part to do; undefined for all of it. */
  readonly shard: Shard | undefined;
  /** Where to write what was found, for `merge`. */
  readonly blob: string | undefined;
}

/** @throws {InputError} for a part that is none, and a blob that `merge` would not find in its folder. */
export function parseShardOptions(raw: RawOptions): ShardOptions {
  return { shard: parseShard(raw.shard), blob: parseBlob(raw.blob) };
}

function parseShard(value: unknown): Shard | undefined {
  if (value === undefined) return undefined;
  const [, part, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(String(value)) ?? [];
  const shard = { part: Number(part), of: Number(of) };
  if (shard.part >= 1 && shard.part <= shard.of) return shard;
  throw new InputError({
    code: "invalid-option",
    field: "--shard",
    message: "must be a part and the number of parts, such as 2/5",
    got: value,
  });
}

function parseBlob(value: unknown): string | undefined {
  const path = parseText("--blob", value);
  if (path === undefined || path.endsWith(BLOB_ENDING)) return path === undefined ? undefined : resolve(path);
  throw new InputError({
    code: "invalid-option",
    field: "--blob",
    message: `must end in ${BLOB_ENDING}, by which merge finds it; name another file`,
    got: path,
  });
}
