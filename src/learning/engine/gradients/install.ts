/**
 * Gradients that TensorFlow.js has wrong or lacks, on every engine: it keeps one gradient of an operation for all.
 * Each is held against the difference quotient by a spec.
 */
// tfjs-layers brings the gradients of all operations. Loaded later it would put its own over ours.
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

let installed = false;

/** Puts our gradients in place, and a refusal where the running engine has an operation without one. Idempotent. */
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
  }
  refuseMissingGradients(getBackend());
}
