import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { captureScript } from "../../../learning/keras/capture/captureScript.ts";
import { nameProgram, startOf } from "./nameProgram.ts";
import type { WhatKind } from "./whatKind.ts";

/** Where the programs of scripts are kept, in the working directory. Nobody wants to commit it. */
const FOLDER = ".learnproof";

/** A Keras script in Python: it is run up to the call that trains. */
export const scriptWhat: WhatKind = {
  recognises: (text) => text.endsWith(".py"),
  async resolve(text, options) {
    const folder = join(FOLDER, basename(text, ".py"));
    await captureScript(text, folder, options);
    writeFileSync(join(FOLDER, ".gitignore"), "*\n");
    return nameProgram({ path: folder, ...startOf(options) }, { kind: "keras-script", name: basename(text) });
  },
};
