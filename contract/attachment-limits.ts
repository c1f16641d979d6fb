/** What files are held against, apart from their schemas: the preload script bundles this and nothing of zod. */
export { LARGEST_ATTACHMENT } from '../domain/attachment/limits'

/** So many files are taken at once; the rest of them is not. */
export const MOST_FILES_AT_ONCE = 20
