// The gradient of a convolution's filter, as a matrix product. The stock kernel gives each value of the filter one
// thread, which adds over all positions of all pictures: a first layer of 2,400 values leaves most of a GPU idle. Here a
// workgroup computes a tile of the filter over a part of the positions, and the parts are added afterwards.
import { type backend_util, type TensorInfo, util } from "@tensorflow/tfjs-core";
import type { QueuedBackend } from "../queuedBackend.ts";
import { canSumRows, sumRows } from "./sum.ts";
import { MOST_GROUPS } from "./workgroups.ts";

/** Rows and columns of a tile: places and channels of the filter by filters. */
const TILE = 32;

/** The positions that a workgroup loads at once. */
const DEPTH = 16;

/** The workgroups that keep a large GPU busy. */
const MANY_GROUPS = 512;

/** The fewest positions that are worth a workgroup. */
const LEAST_POSITIONS = 64;

/** What is known of a convolution without dilation, channels last. */
export type Geometry = backend_util.Conv2DInfo;

/** Whether {@link filterGradient} computes a convolution of this geometry. */
export function computesFilterGradient(geometry: Geometry): boolean {
  const { dataFormat, dilationHeight, dilationWidth } = geometry;
  return (
    dataFormat === "channelsLast" &&
    dilationHeight === 1 &&
    dilationWidth === 1 &&
    tilesOf(geometry) <= MOST_GROUPS
  );
}

/**
 * Computes the gradient `[height, width, channels, filters]` of a convolution's filter.
 *
 * @param x the input, `[batch, height, width, channels]`, float32.
 * @param dy the gradient of the output, `[batch, height, width, filters]`, float32 and not empty.
 */
export function filterGradient(
  backend: QueuedBackend,
  { x, dy }: { readonly x: TensorInfo; readonly dy: TensorInfo },
  geometry: Geometry,
): TensorInfo {
  const shape = geometry.filterShape;
  const parts = partsOf(geometry);
  const program = {
    key: `learnproof/filterGradient/${constantsOf(geometry)}`,
    code: programOf(geometry),
    workgroups: tilesOf(geometry) * parts,
  };
  const out = backend.makeTensorInfo(parts === 1 ? shape : [parts, ...shape], "float32");
  backend.compute(program, [out], [x, dy]);
  if (parts === 1) return out;
  const columns = util.sizeFromShape(shape);
  const sum = sumRows(backend, out, { rows: parts, columns, shape });
  backend.disposeData(out.dataId);
  return sum;
}

/** Rows of the matrix product: a place and a channel of the filter each. */
function rowsOf({ filterHeight, filterWidth, inChannels }: Geometry): number {
  return filterHeight * filterWidth * inChannels;
}

function tilesOf(geometry: Geometry): number {
  return Math.ceil(rowsOf(geometry) / TILE) * Math.ceil(geometry.outChannels / TILE);
}

/** Into how many parts the positions are divided, so that a small filter has as many workgroups as a large one. */
function partsOf(geometry: Geometry): number {
  const { batchSize, outHeight, outWidth, outChannels } = geometry;
  if (!canSumRows(rowsOf(geometry) * outChannels)) return 1;
  const wanted = Math.floor(MANY_GROUPS / tilesOf(geometry));
  const possible = Math.floor((batchSize * outHeight * outWidth) / LEAST_POSITIONS);
  return Math.max(1, Math.min(wanted, possible));
}

function constantsOf(geometry: Geometry): string {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = geometry;
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = geometry;
  return Object.entries({
    ...{ inHeight, inWidth, inChannels, outHeight, outWidth, outChannels },
    ...{ filterHeight, filterWidth, strideHeight, strideWidth, padTop: padInfo.top, padLeft: padInfo.left },
  })
    .map(([name, value]) => `const ${name} = ${value}u;`)
    .join(" ");
}

function programOf(geometry: Geometry): string {
  return `
    ${constantsOf(geometry)}
    const rows = filterHeight * filterWidth * inChannels;
    const tilesAcross = (outChannels + ${TILE - 1}u) / ${TILE}u;
    const tiles = (rows + ${TILE - 1}u) / ${TILE}u * tilesAcross;
    @group(0) @binding(0) var<storage, read_write> out: array<f32>;
    @group(0) @binding(1) var<storage, read> x: array<f32>;
    @group(0) @binding(2) var<storage, read> dy: array<f32>;
    var<workgroup> inputs: array<f32, ${DEPTH * TILE}>;
    var<workgroup> gradients: array<f32, ${DEPTH * TILE}>;

    // Each of 64 threads loads one column of both tiles, and computes 4 × 4 values of the result.
    @compute @workgroup_size(64)
    fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u,
            @builtin(num_workgroups) groups: vec3u) {
      let part = group.x / tiles;
      let firstRow = group.x % tiles / tilesAcross * ${TILE}u;
      let firstColumn = group.x % tilesAcross * ${TILE}u;
      let positions = arrayLength(&dy) / outChannels;
      let parts = groups.x / tiles;
      let share = (positions + parts - 1u) / parts;
      let end = min(positions, (part + 1u) * share);

      let lane = thread % ${TILE}u;
      let row = firstRow + lane;
      let channel = row % inChannels;
      let across = row / inChannels % filterWidth;
      let down = row / (inChannels * filterWidth);
      let column = firstColumn + lane;

      var sums = array<vec4f, 4>();
      for (var first = part * share; first < end; first += ${DEPTH}u) {
        for (var depth = thread / ${TILE}u; depth < ${DEPTH}u; depth += 2u) {
          let position = first + depth;
          var input = 0.0;
          var gradient = 0.0;
          if (position < end) {
            let y = position / outWidth % outHeight * strideHeight + down;
            let z = position % outWidth * strideWidth + across;
            let picture = position / (outHeight * outWidth);
            // An unsigned number below zero is huge, so one comparison finds both edges.
            let inY = y - padTop;
            let inX = z - padLeft;
            if (row < rows && inY < inHeight && inX < inWidth) {
              input = x[((picture * inHeight + inY) * inWidth + inX) * inChannels + channel];
            }
            if (column < outChannels) { gradient = dy[position * outChannels + column]; }
          }
          inputs[depth * ${TILE}u + lane] = input;
          gradients[depth * ${TILE}u + lane] = gradient;
        }
        workgroupBarrier();
        for (var depth = 0u; depth < ${DEPTH}u; depth++) {
          let at = depth * ${TILE}u + thread / 8u * 4u;
          let by = depth * ${TILE}u + thread % 8u * 4u;
          let gradient = vec4f(gradients[by], gradients[by + 1u], gradients[by + 2u], gradients[by + 3u]);
          sums[0] += inputs[at] * gradient;
          sums[1] += inputs[at + 1u] * gradient;
          sums[2] += inputs[at + 2u] * gradient;
          sums[3] += inputs[at + 3u] * gradient;
        }
        workgroupBarrier();
      }
      for (var i = 0u; i < 4u; i++) {
        let toRow = firstRow + thread / 8u * 4u + i;
        for (var j = 0u; j < 4u; j++) {
          let toColumn = firstColumn + thread % 8u * 4u + j;
          if (toRow < rows && toColumn < outChannels) {
            out[(part * rows + toRow) * outChannels + toColumn] = sums[i][j];
          }
        }
      }
    }`;
}
