// Where the pixels of a changed image come from: each of its pixels is the weighted sum of up to four pixels of the image
// before. Only places are computed here, never colours, so that an engine keeps its images to itself.

/** From, to. */
export type Range = readonly [low: number, high: number];

/** What stands beyond the edge: the image mirrored, repeated or its edge drawn out, or one value. */
export type FillMode = "reflect" | "wrap" | "nearest" | "constant";

/** How an image may be changed, in the terms of Keras's layers. */
export interface TransformSettings {
  /** Whether half of the images are turned upside down. */
  readonly flipRows?: boolean;
  /** Whether half of the images are mirrored. */
  readonly flipColumns?: boolean;
  /** Turns about the centre; 1 is a full one. */
  readonly turns?: Range;
  /** Shift downwards, in heights. */
  readonly rows?: Range;
  /** Shift to the right, in widths. */
  readonly columns?: Range;
  /** By how much more of the height is seen: 0.2 shrinks the image. */
  readonly tall?: Range;
  /** The same of the width; null takes what the height got. */
  readonly wide?: Range | null;
  readonly fillMode?: FillMode;
  readonly fillValue?: number;
  readonly interpolation?: "nearest" | "bilinear";
}

/** The change of one image: from a place in the new image, seen from its centre, to one in the old image. */
interface Transform {
  readonly matrix: readonly [number, number, number, number];
  /** Shift in heights and in widths. */
  readonly shift: readonly [number, number];
}

/** Draws the change of one image. @param random returns numbers from 0 up to 1 */
export function drawTransform(settings: TransformSettings, random: () => number): Transform {
  const draw = (range: Range | undefined) => {
    const [low, high] = range ?? [0, 0];
    return low === high ? low : low + (high - low) * random();
  };
  const down = settings.flipRows && random() < 0.5 ? -1 : 1;
  const across = settings.flipColumns && random() < 0.5 ? -1 : 1;
  const angle = -2 * Math.PI * draw(settings.turns);
  const shift = [draw(settings.rows), draw(settings.columns)] as const;
  const tall = 1 + draw(settings.tall);
  const wide = settings.wide ? 1 + draw(settings.wide) : tall;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return {
    matrix: [down * tall * cos, -down * tall * sin, across * wide * sin, across * wide * cos],
    shift,
  };
}

/** One pixel of those that a new pixel is made of: its row in the table of all pixels, and its share. */
interface Tap {
  readonly places: Int32Array;
  readonly shares: Float32Array;
}

/** Where all pixels of a batch come from; `missing` is the share of each that lies beyond the image. */
export function placesOf(
  transforms: readonly Transform[],
  { height, width }: { readonly height: number; readonly width: number },
  { fillMode = "reflect", interpolation = "bilinear" }: TransformSettings,
): { readonly taps: readonly Tap[]; readonly missing: Float32Array } {
  const size = transforms.length * height * width;
  const isSmooth = interpolation === "bilinear";
  const taps = Array.from({ length: isSmooth ? 4 : 1 }, () => ({
    places: new Int32Array(size),
    shares: new Float32Array(size),
  }));
  const missing = new Float32Array(size);
  transforms.forEach(({ matrix, shift }, image) => {
    for (let row = 0; row < height; row++)
      for (let column = 0; column < width; column++) {
        const pixel = (image * height + row) * width + column;
        const y = row - (height - 1) / 2 - shift[0] * height;
        const x = column - (width - 1) / 2 - shift[1] * width;
        const fromRow = matrix[0] * y + matrix[1] * x + (height - 1) / 2;
        const fromColumn = matrix[2] * y + matrix[3] * x + (width - 1) / 2;
        const near = isSmooth
          ? { row: Math.floor(fromRow + ROUNDING), column: Math.floor(fromColumn + ROUNDING) }
          : { row: Math.round(fromRow), column: Math.round(fromColumn) };
        taps.forEach((tap, corner) => {
          const at = [near.row + (corner >> 1), near.column + (corner & 1)] as const;
          const share = isSmooth ? overlap(fromRow - at[0]) * overlap(fromColumn - at[1]) : 1;
          const inside = [within(at[0], height, fillMode), within(at[1], width, fillMode)] as const;
          if (inside[0] === null || inside[1] === null) {
            missing[pixel] = (missing[pixel] as number) + share;
            return;
          }
          tap.places[pixel] = (image * height + inside[0]) * width + inside[1];
          tap.shares[pixel] = share;
        });
      }
  });
  return { taps, missing };
}

/** A place that differs from a whole number by rounding alone is that number. */
const ROUNDING = 1e-6;

function overlap(distance: number): number {
  return Math.max(0, 1 - Math.abs(distance));
}

/** Returns the place within a side that a place beyond it is read at; null where nothing is read. */
function within(place: number, side: number, mode: FillMode): number | null {
  if (place >= 0 && place < side) return place;
  if (mode === "constant") return null;
  if (mode === "nearest") return place < 0 ? 0 : side - 1;
  const around = ((place % side) + side) % side;
  if (mode === "wrap") return around;
  const isMirrored = Math.floor(place / side) % 2 !== 0;
  return isMirrored ? side - 1 - around : around;
}
