import type { Made } from "../keeping/blob/blob.ts";
import { hashCode } from "../keeping/gate/inputs/codeHash.ts";
import { installedVersions, ownVersion } from "../keeping/gate/inputs/installedVersions.ts";

/** What the commands run whose work can be divided. */
const MODULES = ["keeping/gate/gate", "lab/calibration/calibrate", "learning/engine/startEngine"];

/** Says by which code and beside which packages this process finds what it finds. */
export async function describeMake(): Promise<Made> {
  const installed = Object.fromEntries(installedVersions());
  const versions = { learnproof: ownVersion(), node: process.version, ...installed };
  return { versions, code: await hashCode(undefined, MODULES) };
}
