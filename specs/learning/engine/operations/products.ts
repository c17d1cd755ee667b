/** Products of matrices, and sums by index letters. */
import { is, type Operation, tf } from "./operation.ts";

export const products: readonly Operation[] = [
  is(
    "matMul",
    [
      [3, 4],
      [4, 5],
    ],
    (a, b) => tf.matMul(a, b),
  ),
  is(
    "matMul of a transposed",
    [
      [4, 3],
      [4, 5],
    ],
    (a, b) => tf.matMul(a, b, true),
  ),
  is(
    "matMul of b transposed",
    [
      [3, 4],
      [5, 4],
    ],
    (a, b) => tf.matMul(a, b, false, true),
  ),
  is(
    "matMul of both transposed",
    [
      [4, 3],
      [5, 4],
    ],
    (a, b) => tf.matMul(a, b, true, true),
  ),
  is(
    "matMul in batches",
    [
      [2, 3, 4],
      [2, 4, 5],
    ],
    (a, b) => tf.matMul(a, b),
  ),
  is(
    "matMul, b broadcast",
    [
      [3, 3, 4],
      [1, 4, 2],
    ],
    (a, b) => tf.matMul(a, b),
  ),
  is(
    "matMul, b of rank 2",
    [
      [3, 3, 4],
      [4, 2],
    ],
    (a, b) => tf.matMul(a, b),
  ),
  is(
    "matMul, both broadcast",
    [
      [2, 1, 3, 2],
      [1, 3, 4, 2],
    ],
    (a, b) => tf.matMul(a, b, false, true),
  ),
  is("dot", [[5], [5]], (a, b) => tf.dot(a, b)),
  ...[
    "ij,jk->ik",
    "abcd,cde->abe",
    "btd,bsd->bts",
    "aecd,abcd->acbe",
    "acbe,aecd->abcd",
    "abk,bjs->ska",
    "i,j->ij",
    "ij,ij->",
    "ij,ij->j",
    "ij,k->i",
  ].map((equation) => {
    const size = (letter: string) => 2 + ("abcdeijkbts".indexOf(letter) % 3);
    const shapes = (equation.split("->")[0] as string).split(",").map((term) => [...term].map(size));
    return is(`einsum ${equation}`, shapes, (a, b) => tf.einsum(equation, a, b));
  }),
  ...["ij->ji", "ij->i", "ijk->"].map((equation) =>
    is(`einsum ${equation}`, [[3, 4, 2].slice(0, equation.indexOf("-"))], (x) => tf.einsum(equation, x)),
  ),
];
