import { expect, test } from 'vitest'

import { PAGE, isOwnAddress, isTrustedSender } from '../../../main/own-page'

test.each([PAGE, 'app://kontor/', 'app://kontor/index.html#/orders'])(
  '%s is our own',
  (address) => {
    expect(isOwnAddress(address)).toBe(true)
  },
)

test.each([
  'app://other/index.html',
  'app://kontor.evil/index.html',
  'app://kontor@evil/index.html',
  'https://kontor/index.html',
  'file:///index.html',
  'about:blank',
  'data:text/html,app://kontor/',
  '',
])('%s is not', (address) => {
  expect(isOwnAddress(address)).toBe(false)
})

test('a sender is trusted only as the top frame of our own page', () => {
  const top = { parent: null, url: PAGE }
  expect(isTrustedSender(top)).toBe(true)
  expect(isTrustedSender({ parent: null, url: 'https://example.com/' })).toBe(false)
  expect(isTrustedSender({ parent: top as never, url: PAGE })).toBe(false)
  expect(isTrustedSender(null)).toBe(false)
})
