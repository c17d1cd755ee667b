import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** Says which of several files could not be written, and why. */
export class UnwrittenError extends Error {
  readonly path: string;
  /** The system's code, such as `ENOSPC`. */
  readonly reason: string;

  constructor(path: string, cause: NodeJS.ErrnoException) {
    super(`${path} could not be written (${cause.message})`);
    this.name = "UnwrittenError";
    this.path = path;
    this.reason = cause.code ?? cause.message;
  }
}

/**
 * Writes several files, each whole: first all of them beside their places, then each into its place. A disk that
 * is full shows itself before anything old is touched.
 *
 * @throws {UnwrittenError}
 */
export async function writeTogether(files: readonly TextFile[]): Promise<void> {
  const aside = ({ path }: TextFile) => `${path}.${process.pid}.tmp`;
  try {
    for (const file of files) {
      await named(file, async () => {
        await mkdir(dirname(file.path), { recursive: true });
        await writeFile(aside(file), file.text, { flush: true });
      });
    }
    for (const file of files) await named(file, () => rename(aside(file), file.path));
  } finally {
    await Promise.all(files.map((file) => rm(aside(file), { force: true })));
  }
}

async function named({ path }: TextFile, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new UnwrittenError(path, error as NodeJS.ErrnoException);
  }
}
