/** Adds the gradients of Einsum, and of bilinear resizing with half-pixel centres, which TensorFlow.js lacks. */
import {
  broadcastTo,
  einsum,
  eye,
  getBackend,
  image,
  type NamedAttrMap,
  reshape,
  type Tensor,
  type Tensor4D,
} from "@tensorflow/tfjs-core";
import { mendGradient, replaceGradient } from "./replaceGradient.ts";

/** Installs the gradients of Einsum and ResizeBilinear. */
export function installContractions(): void {
  replaceGradient("Einsum", { saveAllInputs: true }, (dy, saved, { equation }) =>
    Object.fromEntries(
      saved.map((_, index) => [index, () => einsumGradient(dy, saved, index, String(equation))]),
    ),
  );
  mendGradient("ResizeBilinear", (stock) => (dy, saved, attributes) => {
    const [images] = saved as [Tensor];
    const [, height, width] = images.shape;
    // The stock kernels ignore halfPixelCenters, and the one of cpu mixes up height and width.
    const isRight = !attributes.halfPixelCenters && (getBackend() !== "cpu" || height === width);
    return isRight ? stock(dy, saved, attributes) : { images: () => resizeGradient(dy, images, attributes) };
  });
}

/**
 * Computes an operand's gradient by an equation with the output in the operand's place; a letter that only the operand
 * has is repeated.
 */
function einsumGradient(dy: Tensor, operands: Tensor[], index: number, equation: string): Tensor {
  const [inputs = "", output = ""] = equation.replaceAll(" ", "").split("->");
  const terms = inputs.split(",");
  const own = [...(terms[index] ?? "")];
  const known = [output, ...terms.filter((_, term) => term !== index)];
  const kept = own.filter((letter) => known.some((term) => term.includes(letter)));
  const others = operands.filter((_, operand) => operand !== index);
  const gradient = einsum(`${known.join(",")}->${kept.join("")}`, dy, ...others);
  const { shape } = operands[index] as Tensor;
  if (kept.length === own.length) return gradient;
  const aligned = shape.map((size, axis) => (kept.includes(own[axis] as string) ? size : 1));
  return broadcastTo(reshape(gradient, aligned), shape);
}

/**
 * Computes the gradient of resizing. Resizing is linear on each axis, so the gradient uses the transposed weights,
 * which the operation itself yields.
 */
function resizeGradient(
  dy: Tensor,
  images: Tensor,
  { alignCorners, halfPixelCenters }: NamedAttrMap,
): Tensor {
  const [, height = 0, width = 0] = images.shape;
  const [, outHeight = 0, outWidth = 0] = dy.shape;
  const weights = (from: number, to: number) => {
    const units = reshape(eye(from), [1, from, 1, from]) as Tensor4D;
    return reshape(image.resizeBilinear(units, [to, 1], Boolean(alignCorners), Boolean(halfPixelCenters)), [
      to,
      from,
    ]);
  };
  const rows = einsum("bopc,oh->bhpc", dy, weights(height, outHeight));
  return einsum("bhpc,pw->bhwc", rows, weights(width, outWidth));
}
