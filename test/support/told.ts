import type { StorefrontChange } from '../../contract/storefront'

/** The id of the document, quote or order that a change is about; null of one that is about stock. */
export function idTold({ data }: StorefrontChange): string | null {
  return 'id' in data ? data.id : null
}
