/** Kernel, stride, padding and dilation; sides of 5 and 6, so that windows fit unevenly. */
export const WINDOWS = [
  [3, 1, "same", 1],
  [3, 2, "same", 1],
  [3, 3, "same", 1],
  [2, 2, "valid", 1],
  [2, 1, "same", 1],
  [2, 3, "same", 1],
  [3, 2, "valid", 1],
  [1, 1, "same", 1],
  [1, 2, "same", 1],
  [2, 4, "same", 1],
  [3, 1, "valid", 2],
  [2, 1, "same", 2],
  [2, 1, "same", 3],
] as const;
