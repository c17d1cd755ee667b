import { cpu } from "./cpu/engine.ts";
import type { EngineDescriptor } from "./engineDescriptor.ts";
import type { EngineName } from "./engineName.ts";
import { tensorflow } from "./tensorflow/engine.ts";
import { wasm } from "./wasm/engine.ts";
import { webgpu } from "./webgpu/engine.ts";

/** Every engine by its name. */
export const engines: Readonly<Record<EngineName, EngineDescriptor>> = { tensorflow, webgpu, wasm, cpu };
