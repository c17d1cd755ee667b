import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import writeFileAtomic from "write-file-atomic";

/** Writes a file whole or not at all, making its folder where there is none. */
export async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  // Of its own accord it writes once and takes a short write, which a full disk answers with, for a whole one.
  await writeFileAtomic(path, "", { tmpfileCreated: (temporary) => writeFile(temporary, text) });
}
