/** The engines that a run can use. */
export const engineNames = ["tensorflow", "webgpu", "wasm", "cpu"] as const;

export type EngineName = (typeof engineNames)[number];

/** Whether a word names an engine. */
export function isEngineName(word: string): word is EngineName {
  return (engineNames as readonly string[]).includes(word);
}
