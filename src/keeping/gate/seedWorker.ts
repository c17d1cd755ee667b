// The program of a thread that measures subjects of a gate from one seed each.

import type { Config } from "../../learning/config/schema.ts";
import type { EngineName } from "../../learning/engine/engineName.ts";
import { startEngine } from "../../learning/engine/startEngine.ts";
import { answering } from "../../learning/workers/answer.ts";
import { prepareAnew } from "../../learning/workers/madeAnew.ts";
import { createHashed, measureAnew } from "./measureAnew.ts";

/** What a thread is asked for. */
export interface SeedRequest {
  /** The config with its seed. */
  readonly config: Config;
  readonly ladder: boolean;
  readonly engine: EngineName;
}

export default answering(async ({ config, ladder, engine }: SeedRequest) => {
  // The threads of a kernel would compete with the other workers.
  const { bitExact } = await startEngine({ name: engine, threads: 1, environment: {} });
  await prepareAnew(config);
  return measureAnew(config, await createHashed(config, bitExact), { bitExact, ladder });
});
