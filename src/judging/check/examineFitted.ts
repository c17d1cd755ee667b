import { changeConfig } from "../../learning/config/changeConfig.ts";
import { createSubject } from "../../learning/subject/createSubject.ts";
import { MisfitError } from "../../learning/subject/misfit/misfit.ts";
import { examine } from "../examine.ts";
import type { LawCheckOptions } from "../law/checkLaws.ts";
import type { Resolved } from "./what/what.ts";

/**
 * Examines a subject. If its model has another number of outputs than there are targets, that is no error of the caller
 * but a finding: the targets are fitted as the broadcasting of a loss does, and a law tells that they had to be.
 */
export async function examineFitted({ config, subject }: Resolved, options: LawCheckOptions) {
  try {
    return { config, subject, examination: await examine(subject, options) };
  } catch (error) {
    const fitted =
      error instanceof MisfitError && config && changeConfig(config, { "data.fitTargets": error.fits });
    if (!fitted) throw error;
    const other = await createSubject(fitted.config);
    return { config: fitted.config, subject: other, examination: await examine(other, options) };
  }
}
