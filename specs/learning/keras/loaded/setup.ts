import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** A Python that has loaded Keras already, which spares each spec the seconds of that; empty without a Python. */
    loadedPython: string;
  }
}

const here = resolve("specs/learning/keras/loaded");

/** Starts the Python that LEARNPROOF_PYTHON names. It loads Keras when a spec first asks it for something. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const python = process.env.LEARNPROOF_PYTHON ?? "";
  if (python === "") {
    project.provide("loadedPython", "");
    return async () => {};
  }
  const folder = await mkdtemp(join(tmpdir(), "learnproof-loaded-"));
  const socket = join(folder, "socket");
  const server = spawn(python, ["-u", join(here, "serve.py"), socket], {
    stdio: ["pipe", "pipe", "ignore"],
    env: { ...process.env, PYTHONHASHSEED: "0", PYTHONDONTWRITEBYTECODE: "1" },
  });
  await Promise.race([once(server.stdout, "data"), once(server, "exit")]);
  const asking = join(folder, "python");
  await writeFile(asking, `#!/bin/sh\nexec "${python}" -S "${join(here, "ask.py")}" "${socket}" "$@"\n`, {
    mode: 0o755,
  });
  project.provide("loadedPython", asking);
  return async () => {
    server.stdin.end();
    await rm(folder, { recursive: true, force: true });
  };
}
