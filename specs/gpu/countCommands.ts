/** What a stretch of code asked of WebGPU. */
export interface Commands {
  readonly createBuffer: number;
  readonly createBindGroup: number;
  readonly dispatchWorkgroups: number;
  readonly submit: number;
  readonly mapAsync: number;
}

/** The methods that are counted, and the class that has each. */
const COUNTED: { readonly [Method in keyof Commands]: string } = {
  createBuffer: "GPUDevice",
  createBindGroup: "GPUDevice",
  dispatchWorkgroups: "GPUComputePassEncoder",
  submit: "GPUQueue",
  mapAsync: "GPUBuffer",
};

type Method = (...values: unknown[]) => unknown;

/** Counts the calls of WebGPU that `work` makes. */
export async function countCommands(work: () => Promise<unknown>): Promise<Commands> {
  const counts = { createBuffer: 0, createBindGroup: 0, dispatchWorkgroups: 0, submit: 0, mapAsync: 0 };
  const restore = Object.entries(COUNTED).map(([method, owner]) => {
    const { prototype } = (globalThis as unknown as Record<string, { prototype: Record<string, Method> }>)[
      owner
    ] as { prototype: Record<string, Method> };
    const stock = prototype[method] as Method;
    prototype[method] = function counted(...values) {
      counts[method as keyof Commands]++;
      return stock.apply(this, values);
    };
    return () => {
      prototype[method] = stock;
    };
  });
  try {
    await work();
  } finally {
    for (const undo of restore) undo();
  }
  return counts;
}
