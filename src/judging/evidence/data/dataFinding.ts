/** Something that the data say by themselves, before any training. It breaks no law: it is a notice to look at. */
export interface DataFinding {
  readonly kind:
    | "contradicted-rows"
    | "copies-with-other-targets"
    | "outliers"
    | "missing-classes"
    | "target-in-column"
    | "held-out-column-differs"
    | "sorted-split";
  /** One sentence that says what was found. */
  readonly claim: string;
  /**
   * The rows to look at, in the order of the file: numbers of its rows, from 1 and without the header, where the examples
   * come from a table; else places among the examples, from 0. Empty where a whole column is meant.
   */
  readonly rows: readonly number[];
  /** The set that the rows belong to. For a table both sets have their rows in one file. */
  readonly set: "train" | "heldOut";
  /** The name of the column that is meant; null where it is whole rows. */
  readonly column: string | null;
}
