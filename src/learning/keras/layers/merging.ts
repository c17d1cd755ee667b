import { sub, type Tensor } from "@tensorflow/tfjs-core";
import { layers } from "@tensorflow/tfjs-layers";
import { register, type Shape } from "./ownLayer.ts";

/** The first input minus the second. */
class Subtract extends layers.Layer {
  static readonly className = "Subtract";

  override computeOutputShape(shapes: Parameters<layers.Layer["computeOutputShape"]>[0]) {
    const [first, second] = shapes as unknown as [Shape, Shape];
    const longer = first.length >= second.length ? first : second;
    const shorter = longer === first ? second : first;
    const offset = longer.length - shorter.length;
    return longer.map((side, axis) => (side === 1 ? (shorter[axis - offset] ?? 1) : side));
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const [first, second] = inputs as [Tensor, Tensor];
    return sub(first, second);
  }
}

register(Subtract);
