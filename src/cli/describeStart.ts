import { basename } from "node:path";
import { wrapText } from "../foundation/print/wrapText.ts";
import type { NamedConfig } from "../judging/check/what/whatKind.ts";
import { findProjectFile } from "../learning/config/findProjectFile.ts";

/**
 * What is checked, and how, in a line or two.
 *
 * @param text what the command line names; undefined if it names nothing.
 */
export function describeStart(
  { what, config }: NamedConfig,
  text: string | undefined,
  engine: { readonly name: string },
): string {
  const { examples, heldOut } = config.data;
  const isDemonstration = text === undefined && config.subject !== "own";
  const project = findProjectFile();
  const title = isDemonstration
    ? "learnproof's demonstration network"
    : config.subject === "own" && what.kind === "own"
      ? `${config.name}${project === null ? "" : ` of ${basename(project)}`}`
      : `${text} (${what.kind})`;
  const line = `Checking ${title}: ${examples} examples, ${heldOut} held out, seed ${config.seed}, engine ${engine.name}`;
  const advice =
    "There is no learnproof.config here. Check your own: learnproof check houses.csv --target price, or learnproof init";
  return wrapText(isDemonstration ? `${line}\n${advice}` : line);
}
