declare module "asciichart" {
  /** A line chart in text; NaN leaves a gap. */
  export function plot(
    series: readonly number[],
    options?: {
      /** Rows, less one. */
      readonly height?: number;
      readonly min?: number;
      readonly max?: number;
      readonly format?: (value: number) => string;
    },
  ): string;
}
