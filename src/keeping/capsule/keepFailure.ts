import { createHash } from "node:crypto";
import { join, relative } from "node:path";
import { type UnwrittenError, writeNew } from "../../foundation/files/writeWhole.ts";
import { type Capsule, printCapsule } from "./capsule.ts";

/** The default folder for capsules of failures. */
export const CAPSULE_FOLDER = "learnproof-capsules";

/**
 * Writes a capsule of a failure beside those that are there, whole or not at all. The name says what it holds, so the
 * same failure found twice is one file, and no other is ever overwritten.
 *
 * @returns the file's path.
 */
export async function keepFailure(capsule: Capsule, folder: string = CAPSULE_FOLDER): Promise<string> {
  const text = printCapsule(capsule);
  const mark = createHash("sha256").update(text).digest("hex").slice(0, 12);
  const path = join(folder, `${capsule.expected.verdict}-${mark}.json`);
  await writeNew(path, text).catch((error: UnwrittenError) => {
    if (error.reason !== "EEXIST") throw error;
  });
  return path;
}

/** The one line that replays a capsule. */
export function replayLine(path: string): string {
  const short = relative(process.cwd(), path) || path;
  return `npx learnproof replay ${/^[\w./@-]+$/.test(short) ? short : JSON.stringify(short)}`;
}
