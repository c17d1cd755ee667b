import { unusedColumns } from "../../evidence/unusedColumns.ts";
import type { Cause } from "../cause.ts";

export const unusedInput: Cause<"unused-input"> = {
  name: "unused-input",
  claim: "the model does not look at a column that matters",
  silent: true,
  async examine({ subject, run }) {
    const unused = await unusedColumns(subject, run);
    if (unused === null || unused.length === 0) return null;
    const names = unused.map(({ name }) => name).join(", ");
    return {
      rank: "a column is not used",
      evidence: `${names} changes no prediction, although what the run gets wrong depends on it: look at what the model slices off or multiplies by 0 on its way`,
    };
  },
};
