import type { StorefrontEventInput } from '../../../contract/storefront'
import { NOON } from './seller-data'

type DocumentInput = Extract<StorefrontEventInput, { type: 'list.sent' }>['data']
export type LineInput = DocumentInput['lines'][number]

let last = 0

/** A document id that no other document of this run has. */
export function newDocumentId(): string {
  last += 1
  return `cart-${last}`
}

export function line(overrides: Partial<LineInput> = {}): LineInput {
  return { id: '1', article: 'VALVE', quantity: '2', ...overrides }
}

/** A proposal of two valves at 100 kr by someone who may propose but not order. */
export function submitted(overrides: Partial<DocumentInput> = {}) {
  return event('requisition.submitted', overrides)
}

export function event(
  type: 'list.sent' | 'quote.requested' | 'requisition.submitted',
  overrides: Partial<DocumentInput> = {},
): StorefrontEventInput {
  return {
    type,
    timestamp: NOON.toISOString(),
    data: {
      id: newDocumentId(),
      contact: 'rut',
      currency: 'SEK',
      lines: [line()],
      ...overrides,
    },
  }
}

export function withdrawn(
  id: string,
  overrides: Partial<{ contact: string; reason: string | null }> = {},
): StorefrontEventInput {
  return {
    type: 'requisition.withdrawn',
    timestamp: NOON.toISOString(),
    data: { id, contact: 'rut', ...overrides },
  }
}
