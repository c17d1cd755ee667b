// The program of a thread that trains with one α after another.

import type { Config } from "../../learning/config/schema.ts";
import type { EngineName } from "../../learning/engine/engineName.ts";
import { startEngine } from "../../learning/engine/startEngine.ts";
import type { WithLine } from "../../learning/workers/ahead.ts";
import { answering } from "../../learning/workers/answer.ts";
import { prepareAnew } from "../../learning/workers/madeAnew.ts";
import { tellThrough } from "../../learning/workers/progressLine.ts";
import { trainAlpha } from "./alphaRow.ts";

/** A config and the α to train it with. */
export interface AlphaRequest {
  readonly config: Config;
  readonly alpha: number;
  readonly engine: EngineName;
}

export default answering(async ({ config, alpha, engine, line }: WithLine<AlphaRequest>) => {
  // The threads of a kernel would compete with the other workers.
  await startEngine({ name: engine, threads: 1, environment: {} });
  await prepareAnew(config);
  return trainAlpha(config, alpha, tellThrough(line));
});
