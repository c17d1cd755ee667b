/** The error measures that a config may name. */
export const measureNames = [
  "meanAbsoluteError",
  "accuracy",
  "wrongSigns",
  "cosineDistance",
  "angleInDegrees",
  "angleInRadians",
] as const;

export type MeasureName = (typeof measureNames)[number];
