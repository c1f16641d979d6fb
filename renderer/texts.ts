import { formatsIn } from '../language/formats'
import type { Texts } from '../language/texts'
import { wordsIn } from '../language/words'
import type { Language } from '../language/catalogue'
import type { Desk } from './desk'
import type { ConsoleState } from './state/console'

/** Until the seller is known; nothing of the seller's is shown before that. */
const FIRST_TIME_ZONE = 'Europe/Stockholm'

const made = new Map<string, Texts>()

/** The language that settings and system ask for. */
export function languageOf({ settings, info }: ConsoleState): Language {
  const chosen = settings?.language ?? 'system'
  return chosen === 'system' ? (info?.systemLanguage ?? 'sv') : chosen
}

/** For actions and services; views use `useTexts`. */
export function textsOf({ console, replica }: Pick<Desk, 'console' | 'replica'>): Texts {
  const language = languageOf(console.getState())
  let timeZone = FIRST_TIME_ZONE
  for (const seller of replica.all('seller').values()) timeZone = seller.timeZone
  const key = `${language} ${timeZone}`
  let texts = made.get(key)
  if (!texts) {
    const words = wordsIn(language)
    made.set(key, (texts = { ...words, formats: formatsIn(words, timeZone) }))
  }
  return texts
}
