import { capturedWhat } from "./capturedWhat.ts";
import { configWhat } from "./configWhat.ts";
import { kerasModelWhat } from "./kerasModelWhat.ts";
import { programWhat } from "./programWhat.ts";
import { savedModelWhat } from "./savedModelWhat.ts";
import { scriptWhat } from "./scriptWhat.ts";
import { tableWhat } from "./tableWhat.ts";
import type { NamedConfig, WhatKind, WhatOptions } from "./whatKind.ts";

/** Every kind, in the order in which they are asked; the last one recognises any text. */
const whatKinds: readonly WhatKind[] = [
  tableWhat,
  scriptWhat,
  programWhat,
  capturedWhat,
  kerasModelWhat,
  savedModelWhat,
  configWhat,
];

/**
 * Finds the kind of what a text names, and turns it into a config.
 *
 * @throws {InputError} where the file, the name or the options break a rule.
 */
export async function readWhat(text: string, options: WhatOptions = {}): Promise<NamedConfig> {
  for (const kind of whatKinds) if (await kind.recognises(text)) return kind.resolve(text, options);
  return configWhat.resolve(text, options);
}
