import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import writeFileAtomic from "write-file-atomic";

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
 * is full shows itself before anything old is touched, and a signal that ends the process leaves no file beside.
 *
 * @param files whose paths differ.
 * @throws {UnwrittenError} for the first that could not be written.
 */
export async function writeTogether(files: readonly TextFile[]): Promise<void> {
  const allWritten = meetingOf(files.length);
  const failures: UnwrittenError[] = [];
  await Promise.all(
    files.map(async ({ path, text }) => {
      try {
        await mkdir(dirname(path), { recursive: true });
        await writeFileAtomic(path, "", {
          // Of its own accord it takes a short write, which a full disk answers with, for a whole one.
          tmpfileCreated: async (temporary) => {
            await writeFile(temporary, text, { flush: true });
            await allWritten.arrive();
          },
        });
      } catch (error) {
        const failure = new UnwrittenError(path, error as NodeJS.ErrnoException);
        failures.push(failure);
        allWritten.fail(failure);
      }
    }),
  );
  if (failures[0]) throw failures[0];
}

interface Meeting {
  /** Waits until all have arrived; rejects where one failed. */
  readonly arrive: () => Promise<void>;
  readonly fail: (error: Error) => void;
}

function meetingOf(count: number): Meeting {
  let missing = count;
  let open: () => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const all = new Promise<void>((resolve, reject) => {
    [open, fail] = [resolve, reject];
  });
  // Where the first fails, nobody may be waiting yet.
  all.catch(() => undefined);
  return {
    arrive() {
      if (--missing === 0) open();
      return all;
    },
    fail,
  };
}
