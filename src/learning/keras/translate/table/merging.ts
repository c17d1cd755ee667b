import { kept } from "../arguments/argument.ts";
import type { LayerGroup } from "./entry.ts";

export const merging: LayerGroup = {
  title: "Merging",
  entries: [
    ...["Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"].map((name) => ({
      names: [name],
      to: name,
      arguments: {},
    })),
    { names: ["Concatenate"], to: "Concatenate", arguments: { axis: kept } },
    { names: ["Dot"], to: "Dot", arguments: { axes: kept, normalize: kept } },
  ],
};
