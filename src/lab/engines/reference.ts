/** The engine that the others are compared with. */
export const REFERENCE = "wasm";
