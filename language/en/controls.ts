import type { controls as original } from '../sv/controls'
import type { Translation } from '../translation'

export const controls: Translation<typeof original> = {
  'controls.quoted': '“{text}”',
  'controls.close': 'Close',
  'controls.cancel': 'Cancel',
  'controls.retry': 'Try again',
  'controls.askAgain': 'Ask again',
  'controls.retryNow': 'Try now',
  'controls.back': 'Back',
  'controls.clear': 'Clear',
  'controls.copy': 'Copy',
  'controls.copied': 'Copied',
  'controls.copyReference': 'Copy error reference',
  'controls.more': 'More',
  'controls.dismiss': 'Dismiss the message',
  'controls.loading': 'Loading…',
  'controls.discard': 'Discard',
  'controls.undo': 'Undo',
}
