import type { Law } from "./law.ts";
import { climb } from "./overfitting.ts";

const RUNG = 16;

/** Mean squared error over the variance of the rung's targets. */
const NEARLY_ALL = 0.01;

/** A higher rung: more examples than a few lucky units can hold. */
export const climbs: Law = {
  name: "climbs",
  claim: `it memorises ${RUNG} examples`,
  async measure(context) {
    const count = Math.min(RUNG, context.subject.train.count);
    if (count < 3) return null;
    const indices = Array.from({ length: count }, (_, index) => index);
    return climb(context, indices, ({ targetVariance }) => targetVariance || 1, NEARLY_ALL);
  },
};
