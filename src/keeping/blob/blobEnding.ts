/** The ending by which a blob is known in its folder. */
export const BLOB_ENDING = ".json";
