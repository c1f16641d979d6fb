import type { Formats } from './formats'
import type { Words } from './words'

/** The words and the formats of the moment; the same object while neither language nor zone changes. */
export interface Texts extends Words {
  readonly formats: Formats
}
