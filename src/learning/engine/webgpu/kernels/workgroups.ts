import { util } from "@tensorflow/tfjs-core";

/** The threads of a workgroup where each thread computes values by itself. */
export const GROUP = 256;

/** The most workgroups along x that every GPU starts. */
export const MOST_GROUPS = 65_535;

/** Returns how many workgroups compute a tensor value by value; threads take several values of a larger one. */
export function groupsFor(shape: readonly number[]): number {
  return Math.min(Math.ceil(util.sizeFromShape([...shape]) / GROUP), MOST_GROUPS);
}
