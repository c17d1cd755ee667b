// Work can be divided among several machines. Each does one part and writes what it found into a file, a blob; whoever
// reads the blobs of all parts knows what one machine would have found.

import { z } from "zod";
import { writeWhole } from "../../foundation/files/writeWhole.ts";
import { InputError } from "../../foundation/input/inputError.ts";
import { engineNames } from "../../learning/engine/engineName.ts";
import type { Shard } from "./shard.ts";

export const blobSchema = z.strictObject({
  /** Of the file's form. */
  form: z.literal(1),
  /** The command that wrote it. */
  kind: z.enum(["gate", "calibrate"]),
  engine: z.enum(engineNames),
  /** Hash of the code that found it. */
  code: z.string().min(1),
  /** The versions of learnproof, of Node and of the packages, by their names. */
  versions: z.record(z.string(), z.string()),
  part: z.number().int().min(1),
  of: z.number().int().min(1),
  /** What was asked for, which is the same for every part. */
  asked: z.record(z.string(), z.unknown()),
  /** What this part found, in a form of the command's own. */
  found: z.unknown(),
});

/** What one part of some work found, and what it belongs to. */
export type WorkBlob = z.output<typeof blobSchema>;

/** The code and the versions that a result depends on. */
export type Made = Pick<WorkBlob, "code" | "versions">;

/** Writes a blob. */
export async function writeBlob(
  path: string,
  { part, of }: Shard,
  about: Omit<WorkBlob, "form" | "part" | "of">,
): Promise<void> {
  const blob: WorkBlob = { form: 1, ...about, part, of };
  await writeWhole(path, `${JSON.stringify(blob)}\n`);
}

/** @param field the file or folder that breaks the rule. */
export function refuseBlob(field: string, message: string, got: string): InputError {
  return new InputError({ code: "invalid-blob", field, message, got });
}

/**
 * Reads a command's own part of a blob.
 *
 * @param path the blob's file.
 * @throws {InputError} where it is not of the command's form.
 */
export function parseInBlob<Output>(schema: z.ZodType<Output>, value: unknown, path: string): Output {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const place = parsed.error.issues[0]?.path.join(".") || "its top";
  throw refuseBlob(
    path,
    "must be a whole blob, as --blob writes it; run that part again",
    `another ${place}`,
  );
}
