import { strayWeights } from "../evidence/weights/strayWeights.ts";
import { atMost, type Law, notAsked } from "./law.ts";

/**
 * TensorFlow.js moves the averages of a frozen batch normalisation, and code of one's own may update a frozen layer. The
 * averages of one that is trained have to move, or evaluation uses those of no data. A program may freeze a layer behind its first
 * training and never compile again, so that its later training moves it.
 */
export const frozenStays: Law = {
  name: "frozenStays",
  claim: "frozen layers stay as they are, and averages of trained ones move",
  async measure({ run, subject: { movesBecause } }) {
    if (movesBecause) return atMost(1, 0, `layers that do the opposite: ${movesBecause}`);
    const stray = strayWeights(await run());
    if (stray === null) return notAsked("it has no frozen layer and no batch normalisation");
    const what = [
      stray.moved.length > 0 ? `: ${stray.moved.join(", ")} is frozen and moved` : "",
      stray.stuck.length > 0 ? `: the moving averages of ${stray.stuck.join(", ")} did not move` : "",
    ].join("");
    return atMost(stray.moved.length + stray.stuck.length, 0, `layers that do the opposite${what}`);
  },
};
