import { expect, test } from 'vitest'
import { checkAddress } from '../../../../renderer/features/session/gateway-address'

test.each([
  ['https://kontor.example.se', 'https://kontor.example.se'],
  [' kontor.example.se/ ', 'https://kontor.example.se'],
  ['https://kontor.example.se:8443/path?x', 'https://kontor.example.se:8443'],
  ['http://127.0.0.1:4100', 'http://127.0.0.1:4100'],
  ['127.0.0.1:4100', 'http://127.0.0.1:4100'],
  ['localhost:4100', 'http://localhost:4100'],
  ['[::1]:4100', 'http://[::1]:4100'],
  ['https://127.0.0.1:4100', 'https://127.0.0.1:4100'],
  ['http://localhost:4100', 'http://localhost:4100'],
  ['http://[::1]:4100', 'http://[::1]:4100'],
])('%s is taken as %s', (typed, origin) => {
  expect(checkAddress(typed)).toEqual({ ok: true, origin })
})

test.each([
  ['', 'session.addressEmpty'],
  ['   ', 'session.addressEmpty'],
  ['x'.repeat(501), 'session.addressLong'],
  ['http://kontor.example.se', 'session.addressInsecure'],
  ['http://127.0.0.1.example.se', 'session.addressInsecure'],
  ['http://localhost.example.se', 'session.addressInsecure'],
  ['ftp://kontor.example.se', 'session.addressScheme'],
  ['javascript://kontor.example.se', 'session.addressScheme'],
  ['https://karin:hemligt@kontor.example.se', 'session.addressCredentials'],
  ['https://', 'session.addressMalformed'],
  ['kontor exempel', 'session.addressMalformed'],
])('%s is refused with %s', (typed, error) => {
  expect(checkAddress(typed)).toEqual({ ok: false, error })
})
