// Creates names for temporary files beside a file's final place. They are removed when the process ends, also by a
// signal. Files of a process that was killed are removed by the next process that writes to the same folder.

import { createHash } from "node:crypto";
import { readlinkSync, rmSync } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { threadId } from "node:worker_threads";
import { onExit } from "signal-exit";

/** The age from which a temporary file is abandoned. No write takes this long, even by a process on another machine. */
const ABANDONED_MS = 24 * 60 * 60 * 1000;
const NAME = /^\.learnproof-([0-9a-f]{8})-(\d+)-\d+-\d+\.tmp$/;
/** Identifies this machine or container, because a process id means nothing elsewhere. */
const HERE = createHash("sha256").update(`${hostname()} ${processSpace()}`).digest("hex").slice(0, 8);

const swept = new Map<string, Promise<void>>();
let taken = 0;

export interface AsideName {
  /** Path of a file that does not exist yet. */
  readonly name: string;
  /** Removes the file if it still exists. */
  readonly release: () => Promise<void>;
}

/**
 * Reserves a temporary name in an existing folder. The name is short enough for any file system, however long the final
 * name is.
 */
export async function takeAside(folder: string): Promise<AsideName> {
  const sweeping = swept.get(folder) ?? sweep(folder);
  swept.set(folder, sweeping);
  await sweeping;
  const name = join(folder, `.learnproof-${HERE}-${process.pid}-${threadId}-${++taken}.tmp`);
  const forget = onExit(() => rmSync(name, { force: true }));
  return {
    name,
    release: async () => {
      // A file that cannot be removed now is removed when the process ends, or by a later process.
      await rm(name, { force: true }).then(forget, () => undefined);
    },
  };
}

/** Removes the files that ended processes left in a folder. Files that cannot be removed do no harm. */
async function sweep(folder: string): Promise<void> {
  for (const file of await readdir(folder).catch(() => [])) {
    const [, machine, process] = NAME.exec(file) ?? [];
    if (process === undefined) continue;
    const path = join(folder, file);
    const left = (machine === HERE && isGone(Number(process))) || (await isOld(path));
    if (left) await rm(path, { force: true }).catch(() => undefined);
  }
}

function isGone(id: number): boolean {
  try {
    process.kill(id, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

async function isOld(path: string): Promise<boolean> {
  const entry = await stat(path).catch(() => null);
  return entry !== null && Date.now() - entry.mtimeMs > ABANDONED_MS;
}

/** Containers may share a machine's name, but not its processes. */
function processSpace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}
