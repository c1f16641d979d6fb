import { en } from './en/messages'
import { sv } from './sv/messages'
import type { ValuesParameter } from './message-arguments'

/** Swedish first: its texts say which messages there are and what each is told. */
export const languages = ['sv', 'en'] as const
export type Language = (typeof languages)[number]

type Messages = typeof sv
export type MessageKey = keyof Messages
export type ValuesOf<K extends MessageKey> = ValuesParameter<Messages[K]>

/** Every message by language. English has exactly the keys that Swedish has. */
export const catalogue: { readonly [L in Language]: { readonly [K in MessageKey]: string } } = {
  sv,
  en,
}

/** The locale whose forms a language is written in. */
export const localeOf: { readonly [L in Language]: string } = { sv: 'sv-SE', en: 'en-GB' }
