import { statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { isCaptured } from "../../../learning/keras/program/readCaptured.ts";
import { nameProgram, startOf } from "./nameProgram.ts";
import type { WhatKind } from "./whatKind.ts";

/** The folder of a captured program. */
export const capturedWhat: WhatKind = {
  recognises: (text) => statSync(text, { throwIfNoEntry: false })?.isDirectory() === true && isCaptured(text),
  resolve: async (text, options) =>
    nameProgram(
      { path: text, ...startOf(options) },
      { kind: "captured-program", name: basename(resolve(text)) },
    ),
};
