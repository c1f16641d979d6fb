import { expect, test } from 'vitest'
import { wordsIn } from '../../../../language/words'
import { mailNoteOf } from '../../../../renderer/wording/mail-note'

const words = wordsIn('sv')
const to = 'anna@ahlbergs.example'

test('says whom a mail went to, and why it did not get there', () => {
  expect(mailNoteOf({ type: 'mail.sent', data: { to } }, words)).toBe(to)
  expect(mailNoteOf({ type: 'mail.failed', data: { to, why: '550 no such user' } }, words)).toBe(
    `${to} · 550 no such user`,
  )
  expect(mailNoteOf({ type: 'mail.skipped', data: { to: '', why: 'no_address' } }, words)).toBe(
    'kontaktpersonen saknar mejladress',
  )
})

test('says nothing of other entries, nor of what was erased', () => {
  expect(mailNoteOf({ type: 'requisition.returned', data: { to } }, words)).toBeNull()
  expect(mailNoteOf({ type: 'mail.sent', data: {} }, words)).toBeNull()
})
