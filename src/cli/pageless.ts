import type { RawOptions } from "./options.ts";
import { remark } from "./output.ts";

/** Says which command shows in a browser what this one, which writes no page, was asked to open. */
export function remarkPageless(raw: RawOptions, instead: string): void {
  if (raw.open === true) remark(`learnproof: --open: this command writes no page; ${instead} does`);
}
