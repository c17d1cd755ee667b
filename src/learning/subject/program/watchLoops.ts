import {
  AdadeltaOptimizer,
  AdagradOptimizer,
  AdamaxOptimizer,
  AdamOptimizer,
  MomentumOptimizer,
  RMSPropOptimizer,
  SGDOptimizer,
} from "@tensorflow/tfjs-core";
import { replaceMethod } from "./replaceMethod.ts";

/** Whether a program changes weights by an optimizer itself, and not by a method of its model. */
export interface WatchedLoops {
  seen(): boolean;
  stop(): void;
}

const KINDS = [
  AdadeltaOptimizer,
  AdagradOptimizer,
  AdamaxOptimizer,
  AdamOptimizer,
  MomentumOptimizer,
  RMSPropOptimizer,
  SGDOptimizer,
];

/**
 * Watches for loops that a program writes itself. They train as they would.
 *
 * @param isOwn whether an update is one of the program's own loop, and not of a training by its model.
 * @param onLoop is called at each of their updates.
 */
export function watchLoops(isOwn: () => boolean, onLoop: () => void): WatchedLoops {
  let isSeen = false;
  const restore = KINDS.map(({ prototype }) =>
    replaceMethod(prototype, "applyGradients", (original) => {
      if (isOwn()) {
        isSeen = true;
        onLoop();
      }
      return original();
    }),
  );
  return {
    seen: () => isSeen,
    stop() {
      for (const one of restore) one();
    },
  };
}
