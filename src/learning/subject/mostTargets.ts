/** The most numbers that the targets of a set may have once they are made wider, as one-hot rows or to fit an output: 120 MB. */
export const MOST_TARGETS = 3e7;
