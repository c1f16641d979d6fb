import { expect, test } from 'vitest'
import { clientAddress } from '../../../../gateway/http/client-address'

const from = (remoteAddress: string | undefined, forwarded?: string) => ({
  headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  socket: { remoteAddress },
})

test.each([
  ['no proxy is trusted: the header means nothing', 0, '10.0.0.1', '203.0.113.9', '10.0.0.1'],
  [
    'one proxy: its own entry, not what the client wrote',
    1,
    '10.0.0.1',
    '6.6.6.6, 203.0.113.9',
    '203.0.113.9',
  ],
  ['two proxies', 2, '10.0.0.1', '6.6.6.6, 203.0.113.9, 10.0.0.2', '203.0.113.9'],
  ['fewer entries than proxies', 3, '10.0.0.1', '203.0.113.9', '203.0.113.9'],
  ['no header', 1, '10.0.0.1', undefined, '10.0.0.1'],
  ['an empty header', 1, '10.0.0.1', '', '10.0.0.1'],
  ['an entry that is no address', 1, '10.0.0.1', '203.0.113.9, unknown', '10.0.0.1'],
  ['no address further out', 2, '10.0.0.1', 'unknown, 203.0.113.9', '203.0.113.9'],
  ['a port', 1, '10.0.0.1', '203.0.113.9:4711', '203.0.113.9'],
  ['IPv6 in brackets with a port', 1, '10.0.0.1', '[2001:DB8::9]:4711', '2001:db8::9'],
  ['IPv6 as it is', 1, '10.0.0.1', '2001:db8::9', '2001:db8::9'],
  ['IPv4 within IPv6', 0, '::ffff:10.0.0.1', undefined, '10.0.0.1'],
  ['a socket that is gone', 0, undefined, undefined, 'unknown'],
])('%s', (_what, hops, remote, forwarded, expected) => {
  expect(clientAddress(from(remote, forwarded), hops)).toBe(expected)
})
