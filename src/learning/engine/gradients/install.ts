/**
 * Installs the gradients that TensorFlow.js gets wrong or lacks. They apply to every engine, since TensorFlow.js keeps
 * one gradient of an operation for all. A spec checks each one against the difference quotient.
 */
// tfjs-layers registers the gradients of all operations. If it were loaded later, it would replace the ones installed
// here.
import "@tensorflow/tfjs-layers";
import { getBackend } from "@tensorflow/tfjs-core";
import { installAveragePooling } from "./averagePooling.ts";
import { installBroadcasting } from "./broadcasting.ts";
import { installContractions } from "./contractions.ts";
import { installConvolutions } from "./convolutions.ts";
import { installReductions } from "./reductions.ts";
import { refuseMissingGradients } from "./refusals.ts";
import { installRelu } from "./relu.ts";
import { installSelections } from "./selections.ts";
import { installSteps } from "./steps.ts";
import { installTiles } from "./tiles.ts";

let installed = false;

/** Installs the gradients, and an error for each operation of the running engine that has none. Idempotent. */
export function installGradients(): void {
  if (!installed) {
    installed = true;
    installRelu();
    installAveragePooling();
    installBroadcasting();
    installContractions();
    installConvolutions();
    installReductions();
    installSelections();
    installSteps();
    installTiles();
  }
  refuseMissingGradients(getBackend());
}
