import type { GatedSubject } from "../keeping/gate/gatedSubject.ts";
import { plainJson } from "../keeping/gate/plain.ts";
import { printLearning } from "../keeping/gate/words.ts";
import { remark } from "./output.ts";

/** Warns of a baseline whose runs do not learn, since the gate can then hardly fail. */
export function remarkPoor({ name, baseline, measurements }: GatedSubject, updated: boolean): void {
  const guarding = updated ? measurements : (baseline?.measurements ?? []);
  const learning = guarding.filter(({ verdict }) => verdict === "learns").length;
  const subject = `learnproof: ${plainJson(JSON.stringify(name))}`;
  if (updated && learning < guarding.length)
    remark(`${subject}: only ${printLearning(guarding)}, so its baseline guards less`);
  if (!updated && learning < guarding.length / 2)
    remark(
      `${subject}: in its baseline only ${printLearning(guarding)}, so the gate can hardly fail; mend it and run gate CONFIG --update`,
    );
}
