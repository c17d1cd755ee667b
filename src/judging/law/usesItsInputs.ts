import { contractOf } from "../evidence/contract/contract.ts";
import { unusedColumns } from "../evidence/unusedColumns.ts";
import { atMost, type Law, notAsked } from "./law.ts";

/**
 * A column that is cut off or multiplied by 0 on its way is missed only where the targets depend on it. That no column
 * of any input changes a prediction is a fault whatever the targets are.
 */
export const usesItsInputs: Law = {
  name: "usesItsInputs",
  needsTheEnd: true,
  claim: "every column that matters changes its predictions",
  async measure({ subject, run }) {
    const { blindness } = await contractOf(subject);
    if (blindness !== null)
      return atMost(
        subject.train.inputs.length / subject.train.count,
        0,
        `input numbers of an example that change no prediction: none reaches the outputs past ${blindness.layers[0]}`,
      );
    const unused = await unusedColumns(subject, await run());
    if (unused === null)
      return notAsked("its inputs are no table of columns, or none changes its predictions");
    const names = unused.map(({ name }) => name).join(", ");
    return atMost(
      unused.length,
      0,
      `columns that change no prediction, although what the run gets wrong depends on them${names && `: ${names}`}`,
    );
  },
};
