import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Whoever commits in a spec, whatever the machine's own settings are. */
const IDENTITY = ["-c", "user.name=Spec", "-c", "user.email=spec@example.org", "-c", "commit.gpgsign=false"];

/** Runs git in a folder, and returns what it prints. */
export async function gitIn(folder: string, ...args: readonly string[]): Promise<string> {
  return (await promisify(execFile)("git", [...IDENTITY, ...args], { cwd: folder })).stdout.trim();
}
