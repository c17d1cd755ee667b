/** The error measures that a config may name. */
export const measureNames = [
  "meanAbsoluteError",
  "accuracy",
  "cosineDistance",
  "angleInDegrees",
  "angleInRadians",
] as const;

export type MeasureName = (typeof measureNames)[number];
