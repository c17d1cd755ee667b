import type { Plateau } from "../config/schema.ts";
import type { Optimizer } from "../optimizer/optimizer.ts";
import { improves, type Reading } from "./monitor.ts";

/** Lowers the learning rate where the watched number does not improve, as Keras's ReduceLROnPlateau does. */
export interface RateLowering {
  /** Is asked after the last step of each epoch. @returns the factor on the rate that the config names, if it has changed */
  endsEpoch(read: Reading): Promise<number | null>;
}

/** Creates what lowers the rate. @param learningRate the rate that the optimizer begins with */
export function createRateLowering(
  plateau: Plateau,
  learningRate: number,
  optimizer: Pick<Optimizer, "scaleRate">,
): RateLowering {
  const { factor, patience, cooldown = 0, leastRate = 0 } = plateau;
  let best: number | null = null;
  let waited = 0;
  let cooling = 0;
  let scale = 1;
  return {
    async endsEpoch(read) {
      const now = await read(plateau.monitor);
      if (now === null) return null;
      if (cooling > 0) {
        cooling--;
        waited = 0;
      }
      if (improves(plateau, now, best)) {
        best = now;
        waited = 0;
        return null;
      }
      if (cooling > 0 || ++waited < patience) return null;
      waited = 0;
      if (learningRate * scale <= leastRate) return null;
      scale = Math.max(scale * factor, learningRate > 0 ? leastRate / learningRate : 0);
      optimizer.scaleRate?.(scale);
      cooling = cooldown;
      return scale;
    },
  };
}
