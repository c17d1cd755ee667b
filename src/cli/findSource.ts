import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { promisify } from "node:util";
import type { Commit, ReportSource } from "../report/html/reportSource.ts";

const run = promisify(execFile);

/** Where a subject comes from: its file, or its name, and the commit that is checked out there. */
export async function findSource(text: string | undefined): Promise<ReportSource> {
  if (text === undefined || !existsSync(text)) return { file: text ?? null, commit: await findCommit(".") };
  return { file: relative(".", resolve(text)), commit: await findCommit(dirname(text)) };
}

/** The commit that is checked out in a folder; null where there is no repository, no commit, or no git. */
export async function findCommit(folder: string): Promise<Commit | null> {
  const git = async (...args: string[]) => (await run("git", ["-C", folder, ...args])).stdout.trim();
  try {
    const [id = "", date = ""] = (await git("log", "-1", "--format=%h %cs")).split(" ");
    if (id === "") return null;
    const changes = await git("status", "--porcelain", "--untracked-files=no");
    return { id, date, changed: changes !== "" };
  } catch {
    return null;
  }
}
