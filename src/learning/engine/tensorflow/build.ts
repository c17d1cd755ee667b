// TensorFlow's library for machines that reach npm and PyPI, but not the server that its packages fetch it from.

import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../../../foundation/input/inputError.ts";
import { buildAddon, compiler } from "./addon.ts";
import { folderOf } from "./load.ts";
import { ADDON, npm, pip, tar } from "./parts.ts";
import { requireTools } from "./tool.ts";

/** Beside tfjs-core, which the addon has to find, and where it is looked for itself. */
const SCOPE = dirname(folderOf("@tensorflow/tfjs-core") ?? join("node_modules", ADDON.name));

/** Where the package is put. */
export const TARGET = join(SCOPE, "tfjs-node");

/**
 * Builds the package in a folder of its own, and puts it in its place once it is seen to compute. Where it is there
 * and computes, nothing is done; where anything fails, what was there is left as it was.
 *
 * @param onStep told what is done next.
 * @throws {InputError} naming the tool, the package or the platform that fails, and what to do.
 */
export async function buildTensorflow(onStep: (step: string) => void): Promise<void> {
  requirePlatform();
  if ((await whyItFails(TARGET)) === null) return onStep("it is there and computes: nothing to do");
  requireTools([npm, tar, pip, compiler]);
  // On the disk where it is to be, and where it finds tfjs-core as it will there.
  const workshop = mkdtempSync(join(SCOPE, ".build-tensorflow-"));
  // Ctrl-C ends the tool that runs; with a listener, it does not end us before the folder is gone.
  const interrupted = () => undefined;
  process.on("SIGINT", interrupted);
  try {
    const built = buildAddon(workshop, onStep);
    onStep("trying it");
    const fault = await whyItFails(built);
    if (fault !== null) throw unusable(fault);
    rmSync(TARGET, { recursive: true, force: true });
    renameSync(built, TARGET);
  } finally {
    process.off("SIGINT", interrupted);
    rmSync(workshop, { recursive: true, force: true });
  }
}

function requirePlatform(): void {
  const platform = `${process.platform} ${process.arch}`;
  if (platform === "linux x64") return;
  throw new InputError({
    code: "unsupported",
    field: "platform",
    message: `must be linux x64; elsewhere use npm install --no-save ${ADDON.name}@${ADDON.version}`,
    got: platform,
  });
}

/** Lets a process of its own compute with a package: a library that is broken may end it. Null where it can. */
async function whyItFails(folder: string): Promise<string | null> {
  const name = import.meta.url.endsWith(".ts") ? "./tryPackage.ts" : "./tryPackage.js";
  const trial = fork(fileURLToPath(new URL(name, import.meta.url)), [folder], { stdio: "ignore" });
  const answered = once(trial, "message").then(([fault]) => fault as string | null);
  const ended = once(trial, "exit").then(
    ([code, signal]) => `the process that tried it ended: ${signal ?? code}`,
  );
  return Promise.race([answered, ended]);
}

function unusable(fault: string): InputError {
  return new InputError({
    code: "engine-unavailable",
    field: ADDON.name,
    message: "must run on this machine once it is built; use --engine wasm, and report it",
    got: fault,
  });
}
