import type { Engine } from "../../learning/engine/startEngine.ts";
import type { Watch } from "../../learning/training/progress.ts";
import { openWorkers } from "../../learning/workers/workers.ts";
import { type CalibrationItem, type JudgedItem, type Judgement, judgeItem } from "./judgeItem.ts";
import type { JudgeRequest } from "./judgeWorker.ts";
import { longestFirst } from "./longestFirst.ts";
import type { CalibrationConfig } from "./mutation.ts";
import { mutations } from "./mutations.ts";

export type { Judgement } from "./judgeItem.ts";

/** One mutation on one healthy config. */
export interface MutantResult extends Judgement {
  readonly mutation: string;
  /** Index of its original among the healthy configs. */
  readonly of: number;
  /** Held-out error of the healthy run over that of a constant; the mutant's is measured on the same examples. */
  readonly healthyError: number;
  readonly mutantError: number;
  /** Whether the mutation harms learning, or is a fault that must be caught although it does not. */
  readonly isHarmful: boolean;
  /** Whether the named cause is correct for the mutation. */
  readonly isNamed: boolean;
}

export interface Calibration {
  readonly healthy: readonly (Judgement & { readonly config: CalibrationConfig })[];
  readonly mutants: readonly MutantResult[];
}

/**
 * How a calibration judges. Progress names the mutation as its task and counts the current subject's training steps; of
 * several workers it tells each subject that is judged.
 */
export interface CalibrationOptions extends Watch {
  readonly engine: Pick<Engine, "name" | "bitExact">;
  /** How many subjects are judged at the same time; the result is the same. @defaultValue 1 */
  readonly workers?: number | undefined;
}

/** An item with the place of its config. */
export interface PlacedItem extends CalibrationItem {
  /** Index of its config among the healthy ones. */
  readonly of: number;
}

/** What is found of an item; null where its mutation does not apply to its config. */
export type ItemResult = JudgedItem | null;

/** Lists what a calibration judges: each healthy config, and after it all mutants of the first `mutated` ones. */
export function itemsOf(configs: readonly CalibrationConfig[], mutated: number): readonly PlacedItem[] {
  return configs.flatMap((config, of) => [
    { of, config, mutation: null },
    ...(of < mutated ? mutations.map(({ name }) => ({ of, config, mutation: name })) : []),
  ]);
}

/**
 * Judges healthy configs, then their mutants, by every law and by the diagnosis.
 *
 * @param configs configs that learn; each must hold out examples.
 */
export async function calibrate(
  configs: readonly CalibrationConfig[],
  { mutated, ...options }: CalibrationOptions & { readonly mutated: number },
): Promise<Calibration> {
  const items = itemsOf(configs, mutated);
  return gatherCalibration(items, await judgeItems(items, options));
}

/** Puts together what was found of all items of a calibration, each in its place. */
export function gatherCalibration(items: readonly PlacedItem[], judged: readonly ItemResult[]): Calibration {
  const healthy: Calibration["healthy"][number][] = [];
  const healthyErrors: number[] = [];
  const mutants: MutantResult[] = [];
  for (const [place, { of, config, mutation: name }] of items.entries()) {
    const result = judged[place];
    if (!result) continue;
    const { judgement, error } = result;
    if (name === null) {
      healthy.push({ ...judgement, config });
      healthyErrors.push(error);
    } else mutants.push(mutantOf(name, of, healthyErrors[of] as number, result));
  }
  return { healthy, mutants };
}

function mutantOf(
  name: string,
  of: number,
  healthyError: number,
  { judgement, error: mutantError }: JudgedItem,
): MutantResult {
  const mutation = mutations.find((one) => one.name === name);
  return {
    mutation: name,
    of,
    ...judgement,
    healthyError,
    mutantError,
    isHarmful: mutation?.isSilent === true || isHarmed(healthyError, mutantError),
    isNamed: mutation?.causes.some((cause) => cause === judgement.cause) === true,
  };
}

/** Judges items, each by itself: the results stand in the items' order and do not depend on what else is judged. */
export async function judgeItems(
  items: readonly CalibrationItem[],
  { engine, workers = 1, ...watch }: CalibrationOptions,
): Promise<readonly ItemResult[]> {
  if (workers === 1) {
    const judged: ItemResult[] = [];
    for (const item of items) judged.push(await judgeItem(item, { bitExact: engine.bitExact, ...watch }));
    return judged;
  }
  // The calling thread takes no part: it has less room for new objects than a worker, and a calibration lasts longer than the
  // start of one worker more.
  const pool = await openWorkers(new URL("./judgeWorker", import.meta.url), workers);
  try {
    const report = { task: "subjects", steps: items.length, loss: null, targetVariance: 0 };
    watch.onProgress?.({ ...report, step: 0 });
    let step = 0;
    const onDone = () => watch.onProgress?.({ ...report, step: ++step, loss: 0 });
    const requests = items.map(
      ({ config, mutation }): JudgeRequest => ({ config, mutation, engine: engine.name }),
    );
    const how = { onDone, order: longestFirst(items), signal: watch.signal };
    return await pool.map<JudgeRequest, ItemResult>(requests, how);
  } finally {
    await pool.close();
  }
}

/** Whether a mutant explains less than half as much of the held-out targets' variance as the healthy run. */
function isHarmed(healthy: number, mutant: number): boolean {
  return !(1 - mutant >= (1 - healthy) / 2);
}
