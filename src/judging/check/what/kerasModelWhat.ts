import { existsSync } from "node:fs";
import { basename } from "node:path";
import { readJson } from "../../../foundation/files/readJson.ts";
import { isKerasJson, isKerasPath } from "../../../learning/keras/saved/kerasFile.ts";
import { nameProgram } from "./nameProgram.ts";
import { splitNames } from "./savedModelWhat.ts";
import type { WhatKind } from "./whatKind.ts";

const MOST_BYTES = 64 * 1024 ** 2;

/** A model that Keras saved: `.keras`, `.h5`, or the `model.json` of `to_json`, with `--data FILE`. */
export const kerasModelWhat: WhatKind = {
  async recognises(text) {
    if (isKerasPath(text)) return true;
    if (!text.endsWith(".json") || !existsSync(text)) return false;
    return isKerasJson(await readJson(text, "model", MOST_BYTES).catch(() => null));
  },
  async resolve(text, { data, target, inputs }) {
    const file = {
      path: text,
      ...(data !== undefined && { data }),
      ...(target !== undefined && { targets: splitNames(target) }),
      ...(inputs !== undefined && { inputs: splitNames(inputs) }),
    };
    const name = basename(text);
    return nameProgram(file, { kind: "keras-model", name }, name.replace(/\.\w+$/, ""));
  },
};
