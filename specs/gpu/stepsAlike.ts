/** Steps over which the losses of two engines are compared. */
export const STEPS_ALIKE = 20;
