// Programs build models before they ask anything of learnproof: at the top of a spec, or of learnproof.config.
// TensorFlow.js then wants a backend at once, while the default engine starts asynchronously. So importing learnproof
// registers the plain JavaScript backend, which starts as soon as a tensor is made. Once an engine has started,
// TensorFlow.js moves such tensors to it when they are used.

import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import { engine, registerBackend, removeBackend } from "@tensorflow/tfjs-core";
import { installChainedMethods } from "./chainedMethods.ts";

/**
 * Registers the backend without its greeting, which advises users to install another backend. A backend that is
 * registered already is left alone.
 */
function registerQuietly(): void {
  if ("cpu" in engine().registry) return;
  removeBackend("cpu");
  const start = () => Object.assign(new MathBackendCPU(), { firstUse: false });
  registerBackend("cpu", start, 1);
}

registerQuietly();
// Chained methods must exist before any engine runs: a loss or a model may call x.mul(y), and recurrent layers call
// x.flatten().
installChainedMethods();
