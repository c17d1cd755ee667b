/**
 * Runs one kernel for each optimizer. It computes new weights and new moments in one pass, and writes nothing in place.
 */
import { type TensorInfo, util } from "@tensorflow/tfjs-core";
import type {
  AdamScalars,
  MomentumScalars,
  RmspropScalars,
  SgdScalars,
} from "../../../optimizer/optimizerUpdate.ts";
import { MOVE, unitsOf } from "../blocks.ts";
import type { Host } from "../host.ts";

/** Weights, their gradient and the optimizer's moments, all of one shape, float32. */
type Inputs<Name extends string> = Readonly<Record<"weights" | "gradient" | Name, TensorInfo>>;

/** Allocates new tensors of the inputs' shape, and returns the addresses of the inputs and then of the new tensors. */
function newTensors(
  host: Host,
  inputs: TensorInfo[],
  count: number,
): { outs: TensorInfo[]; addresses: number[] } {
  const shape = inputs[0]?.shape ?? [];
  const outs = Array.from({ length: count }, () => host.output(shape));
  return { outs, addresses: [...inputs, ...outs].map((tensor) => host.address(tensor)) };
}

/** Runs one of the module's updates over all values of a variable. */
function update(
  host: Host,
  kernel: "adam" | "momentum" | "rmsprop" | "sgd",
  weights: TensorInfo,
  addresses: readonly number[],
  scalars: readonly number[],
): void {
  const size = util.sizeFromShape(weights.shape);
  host.run(kernel, unitsOf(size), host.threadsFor(MOVE * addresses.length * size), [
    ...addresses,
    size,
    ...scalars,
  ]);
}

/** Computes AdamUpdate: [weights, mean, meanSquare]. */
export function adam(host: Host, inputs: Inputs<"mean" | "meanSquare">, scalars: AdamScalars): TensorInfo[] {
  const { weights, gradient, mean, meanSquare } = inputs;
  const { outs, addresses } = newTensors(host, [weights, gradient, mean, meanSquare], 3);
  update(host, "adam", weights, addresses, [
    scalars.learningRate / scalars.correction1,
    scalars.beta1,
    1 - scalars.beta1,
    scalars.beta2,
    1 - scalars.beta2,
    1 / scalars.correction2,
    scalars.epsilon,
  ]);
  return outs;
}

/** Computes SgdUpdate: [weights]. */
export function sgd(host: Host, { weights, gradient }: Inputs<never>, scalars: SgdScalars): TensorInfo[] {
  const { outs, addresses } = newTensors(host, [weights, gradient], 1);
  update(host, "sgd", weights, addresses, [scalars.learningRate]);
  return outs;
}

/** Computes MomentumUpdate: [weights, velocity]. */
export function momentum(host: Host, inputs: Inputs<"velocity">, scalars: MomentumScalars): TensorInfo[] {
  const { weights, gradient, velocity } = inputs;
  const { outs, addresses } = newTensors(host, [weights, gradient, velocity], 2);
  update(host, "momentum", weights, addresses, [scalars.learningRate, scalars.momentum]);
  return outs;
}

/** Computes RmspropUpdate: [weights, meanSquare]. */
export function rmsprop(host: Host, inputs: Inputs<"meanSquare">, scalars: RmspropScalars): TensorInfo[] {
  const { weights, gradient, meanSquare } = inputs;
  const { outs, addresses } = newTensors(host, [weights, gradient, meanSquare], 2);
  update(host, "rmsprop", weights, addresses, [
    scalars.learningRate,
    scalars.decay,
    1 - scalars.decay,
    scalars.epsilon,
  ]);
  return outs;
}
