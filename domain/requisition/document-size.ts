/** A document with more lines than this is refused. */
export const LARGEST_DOCUMENT = 10_000
