import type { DocumentNotes, DocumentType } from '../documents'

/** One line of a scene: quantity in the article's unit as a decimal. */
export interface SceneLine {
  readonly article: string
  readonly quantity: string
  /** What the customer saw, kr before rebate, where it is no longer what they would see. */
  readonly shown?: string
  /** Per cent, beside `shown`. */
  readonly rebate?: string
  readonly warehouse?: string
  readonly wantedInDays?: number
  readonly comment?: string
}

/** A document of the first inbox. */
export interface Scene {
  readonly company: string
  readonly contact: string
  readonly type: DocumentType
  readonly minutesAgo: number
  readonly lines: readonly SceneLine[]
  /** Lines drawn beside those, from these article groups or what the company usually buys. */
  readonly more?: { readonly count: number; readonly groups?: string }
  readonly wantedInDays?: number
  /** The company's second address, if it has one, rather than its first. */
  readonly toSite?: boolean
  readonly notes: Omit<DocumentNotes, 'requestedDate'>
}

/** A line of a scene. */
export const line = (
  article: string,
  quantity: string,
  extra: Partial<SceneLine> = {},
): SceneLine => ({
  article,
  quantity,
  ...extra,
})
