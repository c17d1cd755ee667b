/** Random convolutions: what a property of the kernels ranges over. */
import { backend_util } from "@tensorflow/tfjs-core";
import fc from "fast-check";

/** One convolution. `outShape` is [batch, outHeight, outWidth, outChannels]. */
export interface Geometry {
  readonly xShape: [number, number, number, number];
  readonly filterShape: [number, number, number, number];
  readonly strides: [number, number];
  readonly dilations: [number, number];
  readonly pad: "same" | "valid" | number | backend_util.ExplicitPadding;
  readonly outShape: number[];
}

/** The output shape, or `undefined` where tfjs refuses the geometry or nothing comes out. */
function outShapeOf(g: Omit<Geometry, "outShape">): number[] | undefined {
  try {
    const { outShape } = backend_util.computeConv2DInfo(
      g.xShape,
      g.filterShape,
      g.strides,
      g.dilations,
      g.pad,
    );
    return outShape.every((size) => size > 0) ? outShape : undefined;
  } catch {
    return undefined;
  }
}

const border = fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 2 }));

/** Channels: mostly few, sometimes enough for whole tiles of 8 and 32 columns. */
const channels = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 8 }) },
  { weight: 1, arbitrary: fc.constantFrom(9, 16, 33, 40) },
);

/**
 * Batches 1 to 9 (whole tiles of four pictures, and what is left), sides 1 to 9, filters 1 to 5, strides 1 to 3
 * (not square either), every kind of padding, dilation 1 to 3 where the stride is 1, as tfjs demands.
 */
export const geometries: fc.Arbitrary<Geometry> = fc
  .record({
    batch: fc.integer({ min: 1, max: 9 }),
    sides: fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })),
    filter: fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })),
    inChannels: channels,
    outChannels: channels,
    strides: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    dilations: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    dilated: fc.boolean(),
    pad: fc.oneof(
      fc.constantFrom("same" as const, "valid" as const),
      fc.nat({ max: 2 }),
      fc
        .tuple(border, border)
        .map(([rows, columns]): backend_util.ExplicitPadding => [[0, 0], rows, columns, [0, 0]]),
    ),
  })
  .map((drawn): Geometry => {
    const shapes: Omit<Geometry, "outShape"> = {
      xShape: [drawn.batch, ...drawn.sides, drawn.inChannels],
      filterShape: [...drawn.filter, drawn.inChannels, drawn.outChannels],
      strides: drawn.dilated ? [1, 1] : drawn.strides,
      dilations: drawn.dilated ? drawn.dilations : [1, 1],
      pad: drawn.pad,
    };
    return { ...shapes, outShape: outShapeOf(shapes) ?? [] };
  })
  .filter(({ outShape }) => outShape.length > 0);

/** How many geometries a property tries: few in a pull request, more at night. */
export const numGeometries: number = Number(process.env.LEARNPROOF_KERNEL_RUNS ?? 60);

/** The seed of the properties over geometries; another one can be given from outside. */
export const geometrySeed: number = Number(process.env.LEARNPROOF_KERNEL_SEED ?? 1);
