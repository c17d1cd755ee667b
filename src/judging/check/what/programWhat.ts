import { basename } from "node:path";
import { PROJECT_FILES } from "../../../learning/config/findProjectFile.ts";
import { nameConfig } from "./configWhat.ts";
import type { WhatKind } from "./whatKind.ts";

/** A program that trains a model of TensorFlow.js: it is run up to the call that trains. */
export const programWhat: WhatKind = {
  recognises: (text) =>
    /\.[mc]?[jt]sx?$/.test(text) && !(PROJECT_FILES as readonly string[]).includes(basename(text)),
  async resolve(text, { fit, seconds, scriptArguments }) {
    // TensorFlow.js is loaded here: a command that refuses another kind does not need it.
    const [{ captureProgram }, { readTraining }, { defineCompiledModel }, { startEngine }] =
      await Promise.all([
        import("../../../learning/subject/program/captureProgram.ts"),
        import("../../../learning/subject/program/readTraining.ts"),
        import("../../../learning/subject/compiled/compiledModel.ts"),
        import("../../../learning/engine/startEngine.ts"),
        import("../../../learning/engine/onImport.ts"),
      ]);
    // What a program computes before it trains may take long where TensorFlow.js runs as plain JavaScript.
    await startEngine({ environment: process.env });
    const calls = await captureProgram(text, { fit, seconds, programArguments: scriptArguments });
    const { model, data, notes, ...own } = readTraining(calls, text);
    const { config } = nameConfig((await defineCompiledModel(model, data, own)).config());
    return { what: { kind: "tensorflow-program", name: basename(text) }, config, notes };
  },
};
