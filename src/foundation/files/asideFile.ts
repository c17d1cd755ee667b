// Names beside the place where a file is to be. They are removed when the process ends, by a signal too; what a process
// left that was ended by force is removed by the next one that writes to the same folder.

import { createHash } from "node:crypto";
import { readlinkSync, rmSync } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { threadId } from "node:worker_threads";
import { onExit } from "signal-exit";

/** Older than any writing takes, wherever the process that began it runs: on another machine, say. */
const ABANDONED_MS = 24 * 60 * 60 * 1000;
const NAME = /^\.learnproof-([0-9a-f]{8})-(\d+)-\d+-\d+\.tmp$/;
/** Of this machine, or of this container: a process's number says nothing elsewhere. */
const HERE = createHash("sha256").update(`${hostname()} ${processSpace()}`).digest("hex").slice(0, 8);

const swept = new Map<string, Promise<void>>();
let taken = 0;

export interface AsideName {
  /** Path of a file that is not there yet. */
  readonly name: string;
  /** Removes the file where it still lies there. */
  readonly release: () => Promise<void>;
}

/** A name of our own in a folder that is there, short enough for any file system, whatever the file is to be called. */
export async function takeAside(folder: string): Promise<AsideName> {
  const sweeping = swept.get(folder) ?? sweep(folder);
  swept.set(folder, sweeping);
  await sweeping;
  const name = join(folder, `.learnproof-${HERE}-${process.pid}-${threadId}-${++taken}.tmp`);
  const forget = onExit(() => rmSync(name, { force: true }));
  return {
    name,
    release: async () => {
      // One that cannot be removed now is so at the end of the process, or by the next one.
      await rm(name, { force: true }).then(forget, () => undefined);
    },
  };
}

/** Removes what processes that are no more left in a folder. What cannot be removed harms nobody. */
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
