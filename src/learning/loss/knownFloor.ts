const floors = new WeakMap<object, number>();

/** Says how low a loss can get where every answer is right, whatever the examples are. */
export function noteFloor(loss: object, floor: number): void {
  floors.set(loss, floor);
}

/** How low a loss can get where every answer is right; null where that is not known. */
export function floorOf(loss: object): number | null {
  return floors.get(loss) ?? null;
}
