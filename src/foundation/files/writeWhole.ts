// Writes every file of this package, completely or not at all, first under a temporary name beside its place. So a full
// disk is noticed before an old file is touched, and a run that is killed leaves no partial file.

import { constants } from "node:fs";
import { copyFile, link, mkdir, open, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { takeAside } from "./asideFile.ts";

export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** Says which of several files could not be written, and why. */
export class UnwrittenError extends Error {
  readonly path: string;
  /** The system's code, such as `ENOSPC`; `EEXIST` where another file is there that must not be overwritten. */
  readonly reason: string;

  constructor(path: string, cause: NodeJS.ErrnoException) {
    super(`${path} could not be written (${cause.message})`);
    this.name = "UnwrittenError";
    this.path = path;
    this.reason = cause.code ?? cause.message;
  }
}

/**
 * Writes a file completely or not at all. It replaces an existing file, keeps that file's permissions, and creates the
 * folder if needed. If the path is a symbolic link, the file that it points to is written.
 *
 * @throws {UnwrittenError}
 */
export function writeWhole(path: string, text: string): Promise<void> {
  return writeTogether([{ path, text }]);
}

/**
 * Writes a file that must not exist yet; this is checked again when its contents are complete.
 *
 * @throws {UnwrittenError} with the reason `EEXIST` if the file exists.
 */
export function writeNew(path: string, text: string): Promise<void> {
  return writeTogether([{ path, text }], { overNothing: true });
}

export interface WriteOptions {
  /** Whether none of the files may exist yet. @defaultValue false */
  readonly overNothing?: boolean;
}

/**
 * Writes several files, all of them or none: if one cannot be moved to its place, the others are undone.
 *
 * @throws {UnwrittenError}
 */
export async function writeTogether(
  files: readonly TextFile[],
  { overNothing = false }: WriteOptions = {},
): Promise<void> {
  const asides: Aside[] = [];
  const placed: Placed[] = [];
  try {
    for (const file of files) asides.push(await named(file, () => writeAside(file)));
    const put = overNothing ? putWhereNoneIs : files.length > 1 ? putOverKept : putOver;
    for (const aside of asides) placed.push(await named(aside, () => put(aside)));
  } catch (error) {
    for (const { takeBack } of placed.reverse()) await takeBack();
    throw error;
  } finally {
    for (const { release } of [...asides, ...placed]) await release();
  }
}

/** A file that is written under a temporary name. */
interface Aside {
  /** The path as the caller gave it. */
  readonly path: string;
  /** The file to replace, with symbolic links resolved. */
  readonly target: string;
  /** The temporary path. */
  readonly name: string;
  readonly release: () => Promise<void>;
}

async function writeAside({ path, text }: TextFile): Promise<Aside> {
  await mkdir(dirname(path), { recursive: true });
  const target = await realpath(path).catch(() => path);
  const { name, release } = await takeAside(dirname(target));
  try {
    await writeAll(name, text, await stat(target).catch(() => null));
  } catch (error) {
    await release();
    throw error;
  }
  return { path, target, name, release };
}

async function writeAll(name: string, text: string, old: { mode: number; uid: number; gid: number } | null) {
  const bytes = Buffer.from(text);
  const file = await open(name, "wx");
  try {
    await file.writeFile(bytes);
    await file.sync();
    const { size } = await file.stat();
    if (size !== bytes.length) throw new Error(`${size} of ${bytes.length} bytes were written`);
    if (old !== null) {
      // Ownership or permissions that the system does not allow to be set stay those of a new file.
      await file.chown(old.uid, old.gid).catch(() => undefined);
      await file.chmod(old.mode & 0o777).catch(() => undefined);
    }
  } finally {
    await file.close();
  }
}

interface Placed {
  /** Restores the previous file. */
  readonly takeBack: () => Promise<void>;
  readonly release: () => Promise<void>;
}

const nothing = async () => undefined;

/** Replaces a single file, which never has to be undone. */
async function putOver({ name, target }: Aside): Promise<Placed> {
  await rename(name, target);
  return { takeBack: nothing, release: nothing };
}

async function putOverKept({ name, target }: Aside): Promise<Placed> {
  const old = await takeAside(dirname(target));
  try {
    const isThere = await keep(target, old.name);
    await rename(name, target);
    return { takeBack: () => (isThere ? rename(old.name, target) : rm(target)), release: old.release };
  } catch (error) {
    await old.release();
    throw error;
  }
}

async function putWhereNoneIs({ name, path }: Aside): Promise<Placed> {
  await link(name, path).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === "EEXIST") throw error;
    // Some file systems have no hard links.
    await copyFile(name, path, constants.COPYFILE_EXCL);
  });
  return { takeBack: () => rm(path), release: nothing };
}

/** Creates a hard link to a file, or a copy if the file system has no links. @returns whether the file exists. */
async function keep(path: string, name: string): Promise<boolean> {
  try {
    await link(path, name).catch(() => copyFile(path, name));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

async function named<Result>({ path }: { path: string }, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new UnwrittenError(path, error as NodeJS.ErrnoException);
  }
}
