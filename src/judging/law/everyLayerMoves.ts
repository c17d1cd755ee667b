import { leastOf } from "../../foundation/numbers/extremes.ts";
import { learnsOnFrozenLayers } from "../outcome/frozenOnPurpose.ts";
import { atLeast, type Law, notAsked } from "./law.ts";

/** Even Adam at a learning rate of 3e-6, a thousandth of a sound one, moves the layers by 5e-3 in 200 steps. */
const LEAST = 1e-6;

/** A network can learn although one layer is frozen or cut off, so that every other measurement stays healthy. */
export const everyLayerMoves: Law = {
  name: "everyLayerMoves",
  needsTheEnd: true,
  claim: "every layer with weights is trained",
  async measure({ run, thresholds }) {
    const finished = await run();
    const { survey, steps } = finished;
    const mayBeFrozen = learnsOnFrozenLayers(finished, thresholds);
    const kernels = (survey?.layers ?? []).filter(
      ({ start, trainable }) => start !== null && (trainable || !mayBeFrozen),
    );
    if (kernels.length === 0 || steps === 0)
      return notAsked("no layer with a kernel is to be trained, or no update was made");
    const least = leastOf(kernels.map(({ moved }) => moved));
    return atLeast(least, LEAST, "least distance of a layer from its initial weights, over their length");
  },
};
