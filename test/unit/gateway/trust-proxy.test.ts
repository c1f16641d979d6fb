import { expect, test } from 'vitest'
import { readTrustProxy, withTrustProxyValue } from '../../../gateway/trust-proxy'

test.each([
  [['--trust-proxy'], ['--trust-proxy=1']],
  [
    ['--trust-proxy', '--port', '1'],
    ['--trust-proxy=1', '--port', '1'],
  ],
  [
    ['--trust-proxy', '2'],
    ['--trust-proxy', '2'],
  ],
  [['--trust-proxy=3'], ['--trust-proxy=3']],
  [
    ['--port', '1'],
    ['--port', '1'],
  ],
])('%j is read as %j', (args, expected) => {
  expect(withTrustProxyValue(args)).toEqual(expected)
})

test.each([
  [undefined, 0],
  ['0', 0],
  ['2', 2],
  ['', null],
  ['-1', null],
  ['many', null],
  ['12', null],
])('%j proxies are %j', (text, expected) => {
  expect(readTrustProxy(text)).toBe(expected)
})
