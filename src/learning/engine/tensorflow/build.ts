// Builds TensorFlow's library on machines that reach npm and PyPI, but not the server that its packages download it
// from.

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

/**
 * The package goes beside tfjs-core, because the addon must find tfjs-core there and learnproof looks for the addon
 * there.
 */
const SCOPE = dirname(folderOf("@tensorflow/tfjs-core") ?? join("node_modules", ADDON.name));

/** The folder that the package is put into. */
export const TARGET = join(SCOPE, "tfjs-node");

/**
 * Builds the package in a temporary folder, and moves it to its place once it has computed something correctly. If a
 * working package is there already, nothing is done; if anything fails, the old state is left unchanged.
 *
 * @param onStep called with a description of each step.
 * @throws {InputError} naming the tool, the package or the platform that fails, and what to do.
 */
export async function buildTensorflow(onStep: (step: string) => void): Promise<void> {
  requirePlatform();
  if ((await whyItFails(TARGET)) === null) return onStep("it is there and computes: nothing to do");
  requireTools([npm, tar, pip, compiler]);
  // The temporary folder is on the same disk as the target, and in a place where the addon finds tfjs-core.
  const workshop = mkdtempSync(join(SCOPE, ".build-tensorflow-"));
  // Ctrl-C ends the tool that runs. With this listener it does not end this process before the folder is removed.
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

/** Tests a package in a separate process, since a broken library may end the process. Returns null if it works. */
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
