// Reads every file that a user names: never a device or a pipe, and never more bytes than allowed.

import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync, statSync } from "node:fs";
import { InputError } from "../input/inputError.ts";
import { problemOf } from "./systemError.ts";

/** The rule that a file must follow: its kind, for the messages, and its largest size. */
export interface FileRule {
  /** The field that the message names: the path, or the config field that holds it. @defaultValue the path */
  readonly field?: string;
  /** The kind of file, such as `a CSV file`. */
  readonly what: string;
  /** The largest size accepted, in bytes. */
  readonly mostBytes: number;
}

/** The complete contents of a file. */
export interface WholeFile {
  readonly bytes: Buffer;
  /** Equal to {@link stampOf} as long as the file does not change. */
  readonly stamp: string;
}

const AT_ONCE = 1024 ** 2;
const UNITS = [
  [1024 ** 3, "GiB"],
  [1024 ** 2, "MiB"],
  [1024, "KiB"],
] as const;

/**
 * Reads a regular file completely.
 *
 * @throws {InputError} if it is not a regular file, is too large, or cannot be read for any reason.
 */
export function readWhole(path: string, rule: FileRule): WholeFile {
  return saying(path, rule, () => {
    // The file is checked before it is opened, because opening alone can start a device, or wait for a pipe's writer.
    check(statSync(path, { bigint: true }), path, rule);
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const info = fstatSync(file, { bigint: true });
      check(info, path, rule);
      return { bytes: readOpen(file, path, rule), stamp: printStamp(info) };
    } finally {
      closeSync(file);
    }
  });
}

/**
 * Returns a stamp that changes when the file changes: its place on the disk, its size and its times.
 *
 * @throws {InputError} as {@link readWhole} does.
 */
export function stampOf(path: string, rule: FileRule): string {
  return saying(path, rule, () => {
    const info = statSync(path, { bigint: true });
    check(info, path, rule);
    return printStamp(info);
  });
}

/** Reads to the end of a file. Some file systems report a size that differs from the real one. */
function readOpen(file: number, path: string, rule: FileRule): Buffer {
  const parts: Buffer[] = [];
  let size = 0;
  for (;;) {
    const part = Buffer.allocUnsafe(AT_ONCE);
    const read = readSync(file, part, 0, AT_ONCE, null);
    if (read === 0) return Buffer.concat(parts, size);
    size += read;
    if (size > rule.mostBytes) throw tooLarge(path, rule, size);
    parts.push(part.subarray(0, read));
  }
}

function check(info: BigIntStats, path: string, rule: FileRule): void {
  if (!info.isFile())
    throw refusal(path, rule, {
      code: "not-a-file",
      message: `must be ${rule.what}; name the file itself`,
      got: info.isDirectory() ? "a directory" : "something that is no file",
    });
  if (info.size > BigInt(rule.mostBytes)) throw tooLarge(path, rule, Number(info.size));
}

function tooLarge(path: string, rule: FileRule, size: number): InputError {
  return refusal(path, rule, {
    code: "too-large",
    message: `must be ${rule.what} of at most ${printSize(rule.mostBytes)}; name another file, or one with less in it`,
    got: `${size} bytes or more`,
  });
}

function printStamp({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join("/");
}

function saying<Result>(path: string, rule: FileRule, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (error instanceof InputError) throw error;
    const problem = problemOf(error);
    throw refusal(path, rule, {
      code: problem.code,
      message: rule.field === undefined ? problem.rule : `names ${rule.what} that ${problem.rule}`,
      got: rule.field === undefined ? (error as NodeJS.ErrnoException).code : path,
    });
  }
}

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly got: unknown;
}

function refusal(path: string, { field = path }: FileRule, details: Refusal): InputError {
  return new InputError({ field, ...details });
}

/** Prints a size in the largest unit of which it is a whole number, or in bytes. */
function printSize(bytes: number): string {
  const [size, unit] = UNITS.find(([of]) => bytes % of === 0) ?? [1, "bytes"];
  return `${bytes / size} ${unit}`;
}
