/**
 * Installs the gradients that TensorFlow.js gets wrong or lacks. They apply to every engine, since TensorFlow.js keeps
 * one gradient of an operation for all. A spec checks each one against the difference quotient.
 */
// tfjs-layers registers the gradients of all operations. If it were loaded later, it would replace the ones installed
// here.
import "@tensorflow/tfjs-layers";
import {
  type GradConfig,
  getBackend,
  getGradient,
  getKernelsForBackend,
  registerGradient,
  unregisterGradient,
} from "@tensorflow/tfjs-core";
import { installAveragePooling } from "./averagePooling.ts";
import { installBroadcasting } from "./broadcasting.ts";
import { installContractions } from "./contractions.ts";
import { installConvolutions } from "./convolutions.ts";
import { installParts } from "./parts.ts";
import { installReductions } from "./reductions.ts";
import { refuseMissingGradients } from "./refusals.ts";
import { installRelu } from "./relu.ts";
import { installSelections } from "./selections.ts";
import { installSteps } from "./steps.ts";
import { installTiles } from "./tiles.ts";

/** The gradients that stand in the place of TensorFlow.js's, by operation; empty before they are installed. */
const installed = new Map<string, GradConfig>();

/**
 * Installs the gradients, and an error for each operation of the running engine that has none. Idempotent. The package
 * `@tensorflow/tfjs` registers its own anew when it is loaded: a later call takes their places back.
 */
export function installGradients(): void {
  if (installed.size === 0) noteInstalled(installAll);
  else restoreGradients();
  refuseMissingGradients(getBackend());
}

function installAll(): void {
  installRelu();
  installAveragePooling();
  installBroadcasting();
  installContractions();
  installConvolutions();
  installParts();
  installReductions();
  installSelections();
  installSteps();
  installTiles();
}

function noteInstalled(install: () => void): void {
  const names = getKernelsForBackend("cpu").map(({ kernelName }) => kernelName);
  const before = new Map(names.map((name) => [name, getGradient(name)]));
  install();
  for (const name of names) {
    const gradient = getGradient(name);
    if (gradient && gradient !== before.get(name)) installed.set(name, gradient);
  }
}

/** Takes back the places of gradients that were registered over those installed; before they are installed it does nothing. */
export function restoreGradients(): void {
  for (const [name, gradient] of installed) {
    if (getGradient(name) === gradient) continue;
    unregisterGradient(name);
    registerGradient(gradient);
  }
}
