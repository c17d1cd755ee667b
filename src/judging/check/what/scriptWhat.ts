import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { captureScript } from "../../../learning/keras/capture/captureScript.ts";
import { readLaterFit } from "../../../learning/keras/program/readAsked.ts";
import { nameProgram, startOf } from "./nameProgram.ts";
import type { LaterTraining, NamedConfig, WhatKind, WhatOptions } from "./whatKind.ts";

/** Where the programs of scripts are kept, in the working directory. Nobody wants to commit it. */
const FOLDER = ".learnproof";

/** A Keras script in Python: it is run up to the call that trains. */
export const scriptWhat: WhatKind = {
  recognises: (text) => text.endsWith(".py"),
  async resolve(text, options) {
    const named = await nameScript(text, options);
    const later = options.fit === undefined ? laterTraining(text, options) : null;
    return later === null ? named : { ...named, later };
  },
};

async function nameScript(text: string, options: WhatOptions): Promise<NamedConfig> {
  const { fit = 1 } = options;
  const folder = folderOf(text);
  await captureScript(text, folder, options);
  writeFileSync(join(FOLDER, ".gitignore"), "*\n");
  const what = { kind: "keras-script", name: basename(text), ...(fit > 1 && { fit }) };
  return nameProgram({ path: folder, ...startOf(options) }, what);
}

/** A network that was trained before is part of the script's own: the last training that builds on it is the one that counts. */
function laterTraining(text: string, options: WhatOptions): LaterTraining | null {
  const later = readLaterFit(folderOf(text));
  if (later === null) return null;
  const { fit, place, thaws = false } = later;
  return {
    where: place === null ? `its training call ${fit}` : `${place.file}:${place.line}`,
    thaws,
    name: (seconds) => nameScript(text, { ...options, fit, seconds }),
  };
}

function folderOf(text: string): string {
  return join(FOLDER, basename(text, ".py"));
}
