import { type ExecFileOptions, execFile } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { inject, onTestFinished } from "vitest";

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program in a folder, as a person does there: without the variables of these specs. */
export function runIn(
  folder: string,
  command: string,
  args: readonly string[],
  environment: object = {},
): Promise<Ended> {
  return new Promise((done) => {
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(LEARNPROOF|VITEST|NODE_ENV|GITHUB)/.test(name),
    );
    const options: ExecFileOptions = {
      cwd: folder,
      env: { ...Object.fromEntries(inherited), NO_COLOR: "1", ...environment },
      maxBuffer: 1e8,
    };
    execFile(command, args, options, (error, stdout, stderr) => {
      done({ code: error ? Number(error.code) : 0, stdout: String(stdout), stderr: String(stderr) });
    });
  });
}

/** Where the packed package's command line begins. */
export function packedMain(): string {
  return join(inject("packed"), "node_modules", "learnproof", "dist", "cli", "main.js");
}

/** Runs the packed package's command line. */
export function learnproof(folder: string, ...args: readonly string[]): Promise<Ended> {
  return runIn(folder, process.execPath, [packedMain(), ...args]);
}

/** Runs the vitest of a project that has the packed package. */
export function vitest(folder: string, ...args: readonly string[]): Promise<Ended> {
  const program = join(inject("packed"), "node_modules", "vitest", "vitest.mjs");
  return runIn(folder, process.execPath, [program, "run", "--root", folder, ...args]);
}

/** A new folder of a project that has the packed package, until the test ends; with the files of another, if named. */
export async function makeProject(source?: string): Promise<string> {
  const folder = await mkdtemp(join(inject("packed"), "project-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  if (source !== undefined) await cp(source, folder, { recursive: true });
  return folder;
}
