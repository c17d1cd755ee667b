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

/** Computes AdamUpdate: [weights, mean, meanSquare]. */
export function adam(host: Host, inputs: Inputs<"mean" | "meanSquare">, scalars: AdamScalars): TensorInfo[] {
  const { weights, gradient, mean, meanSquare } = inputs;
  const { outs, addresses } = newTensors(host, [weights, gradient, mean, meanSquare], 3);
  host.compute.adam(
    ...addresses,
    util.sizeFromShape(weights.shape),
    scalars.learningRate / scalars.correction1,
    scalars.beta1,
    1 - scalars.beta1,
    scalars.beta2,
    1 - scalars.beta2,
    1 / scalars.correction2,
    scalars.epsilon,
  );
  return outs;
}

/** Computes SgdUpdate: [weights]. */
export function sgd(host: Host, { weights, gradient }: Inputs<never>, scalars: SgdScalars): TensorInfo[] {
  const { outs, addresses } = newTensors(host, [weights, gradient], 1);
  host.compute.sgd(...addresses, util.sizeFromShape(weights.shape), scalars.learningRate);
  return outs;
}

/** Computes MomentumUpdate: [weights, velocity]. */
export function momentum(host: Host, inputs: Inputs<"velocity">, scalars: MomentumScalars): TensorInfo[] {
  const { weights, gradient, velocity } = inputs;
  const { outs, addresses } = newTensors(host, [weights, gradient, velocity], 2);
  host.compute.momentum(
    ...addresses,
    util.sizeFromShape(weights.shape),
    scalars.learningRate,
    scalars.momentum,
  );
  return outs;
}

/** Computes RmspropUpdate: [weights, meanSquare]. */
export function rmsprop(host: Host, inputs: Inputs<"meanSquare">, scalars: RmspropScalars): TensorInfo[] {
  const { weights, gradient, meanSquare } = inputs;
  const { outs, addresses } = newTensors(host, [weights, gradient, meanSquare], 2);
  host.compute.rmsprop(
    ...addresses,
    util.sizeFromShape(weights.shape),
    scalars.learningRate,
    scalars.decay,
    1 - scalars.decay,
    scalars.epsilon,
  );
  return outs;
}
