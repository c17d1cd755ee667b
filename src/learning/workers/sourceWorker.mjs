// The program of a thread that runs from sources: it brings the loader, which a thread does not have by itself. The built
// package does not have this file.

import { register } from "tsx/esm/api";

register();

/** @param {{ program: string, input: unknown }} request */
export default async function run({ program, input }) {
  const { default: work } = await import(program);
  return work(input);
}
