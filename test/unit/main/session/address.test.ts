import { describe, expect, it } from 'vitest'

import { gatewayOrigin, isLoopback } from '../../../../main/session/address'

describe('gatewayOrigin', () => {
  it.each([
    ['https://kontor.example.se', 'https://kontor.example.se'],
    ['  https://Kontor.Example.SE/  ', 'https://kontor.example.se'],
    ['kontor.example.se', 'https://kontor.example.se'],
    ['kontor.example.se:8443', 'https://kontor.example.se:8443'],
    ['https://kontor.example.se:443', 'https://kontor.example.se'],
    ['http://127.0.0.1:4100', 'http://127.0.0.1:4100'],
    ['http://localhost:4100/', 'http://localhost:4100'],
    ['localhost:4100', 'http://localhost:4100'],
    ['127.0.0.1:4100', 'http://127.0.0.1:4100'],
    ['http://[::1]:4100', 'http://[::1]:4100'],
    ['https://köket.example.se', 'https://xn--kket-5qa.example.se'],
  ])('takes %s', (typed, origin) => {
    expect(gatewayOrigin(typed)).toEqual({ ok: true, value: origin })
  })

  it.each([
    ['', 'missing'],
    ['   ', 'missing'],
    ['http://', 'unreadable'],
    ['https://not a host', 'unreadable'],
    ['ftp://kontor.example.se', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['https://anna:secret@kontor.example.se', 'userinfo'],
    ['https://kontor.example.se@evil.example', 'userinfo'],
    ['https://kontor.example.se/inbox', 'path'],
    ['https://kontor.example.se/?a=1', 'path'],
    ['https://kontor.example.se/#a', 'path'],
    ['http://kontor.example.se', 'unencrypted'],
    ['http://192.168.1.4:4100', 'unencrypted'],
    ['http://127.0.0.1.evil.example', 'unencrypted'],
    ['http://localhost.evil.example', 'unencrypted'],
  ])('refuses %j', (typed, reason) => {
    const origin = gatewayOrigin(typed)
    expect(origin).toMatchObject({
      ok: false,
      error: { code: 'invalid', details: { field: 'gateway', reason } },
    })
    expect(JSON.stringify(origin)).not.toContain('secret')
  })
})

describe('isLoopback', () => {
  it('knows this computer by all its names', () => {
    expect(['localhost', '127.0.0.1', '127.1.2.3', '[::1]'].every(isLoopback)).toBe(true)
    expect(['10.0.0.1', 'localhost.example', '[::2]', '0.0.0.0'].some(isLoopback)).toBe(false)
  })
})
