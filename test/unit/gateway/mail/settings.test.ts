import { describe, expect, test } from 'vitest'
import { isAddress, readMailArguments, senderAddress } from '../../../../gateway/mail/settings'
import { readSmtpAddress } from '../../../../gateway/mail/smtp-address'

const url = 'smtp://kontor:hem%40lig@mail.example'
const reach = { 'mail-from': 'Grossisten <order@g.example>', 'public-url': 'https://k.example/p/' }

describe('the mail server’s address', () => {
  test.each([
    [
      'smtps://u:p%40%2F%23@mail.example',
      {
        host: 'mail.example',
        port: 465,
        tls: 'from_start',
        auth: { user: 'u', pass: 'p@/#' },
      },
    ],
    ['smtp://mail.example', { host: 'mail.example', port: 587, tls: 'on_request', auth: null }],
    [
      'smtp://mail.example:2525/',
      { host: 'mail.example', port: 2525, tls: 'on_request', auth: null },
    ],
    ['smtp://[::1]?tls=never', { host: '::1', port: 25, tls: 'never', auth: null }],
  ])('%s', (text, address) => {
    expect(readSmtpAddress(text)).toEqual(address)
  })

  test.each([
    'mail.example',
    'https://mail.example',
    'smtp://',
    'smtp://mail.example/inbox',
    'smtp://mail.example?tls=maybe',
    'smtps://mail.example?tls=never',
    'smtp://mail.example?rejectUnauthorized=false',
    'smtp://u:%E0%A4%A@mail.example',
  ])('%s is none', (text) => {
    expect(readSmtpAddress(text)).toBeNull()
  })
})

describe('the settings', () => {
  test('are all there, or none of them', async () => {
    expect(await readMailArguments({}, undefined)).toEqual({ ok: true, settings: null })
    expect(await readMailArguments({}, '')).toEqual({ ok: true, settings: null })
    expect(await readMailArguments(reach, url)).toEqual({
      ok: true,
      settings: {
        smtp: {
          host: 'mail.example',
          port: 587,
          tls: 'on_request',
          auth: { user: 'kontor', pass: 'hem@lig' },
        },
        from: 'Grossisten <order@g.example>',
        publicUrl: 'https://k.example/p',
        linkDays: 14,
      },
    })
  })

  test.each([
    ['a sender without a server', reach, undefined, /^Mail takes a server/],
    ['days without a server', { 'link-days': '3' }, undefined, /^Mail takes a server/],
    ['no sender', { 'public-url': 'https://k.example' }, url, /^Mail takes a sender/],
    ['no public address', { 'mail-from': 'a@b.example' }, url, /^Mail takes a sender/],
    ['a sender that is none', { ...reach, 'mail-from': 'nobody' }, url, /is no sender/],
    ['two senders', { ...reach, 'mail-from': 'a@b.example, c@d.example' }, url, /is no sender/],
    [
      'a name in two lines',
      { ...reach, 'mail-from': 'A\nBcc: x <a@b.example>' },
      url,
      /is no sender/,
    ],
    ['links in the clear', { ...reach, 'public-url': 'http://k.example' }, url, /is no address/],
    [
      'links with a query',
      { ...reach, 'public-url': 'https://k.example?a=b' },
      url,
      /is no address/,
    ],
    ['no days', { ...reach, 'link-days': '0' }, url, /is no number of days/],
    ['half a day', { ...reach, 'link-days': '1.5' }, url, /is no number of days/],
    ['a file that is not there', { ...reach, 'smtp-url-file': '/nowhere/at-all' }, url, /ENOENT/],
    ['another kind of server', reach, 'postgres://kontor:hem%40lig@mail.example', /is no address/],
  ])('refuse %s, and repeat no password', async (_, values, environment, words) => {
    const read = await readMailArguments(values, environment)
    expect(read).toMatchObject({ ok: false, message: expect.stringMatching(words) })
    expect(JSON.stringify(read)).not.toMatch(/hem(%40|@)lig/)
  })

  test('plain HTTP will do for this computer', async () => {
    const values = { ...reach, 'public-url': 'http://127.0.0.1:4100/' }
    expect(await readMailArguments(values, url)).toMatchObject({
      settings: { publicUrl: 'http://127.0.0.1:4100' },
    })
  })
})

test('a sender is one address, with a name or without', () => {
  expect(senderAddress('Grossisten AB <order@g.example>')).toBe('order@g.example')
  expect(senderAddress('order@g.example')).toBe('order@g.example')
  expect(senderAddress('order@g.example, sara@g.example')).toBeNull()
  expect(senderAddress('<order@g.example> <sara@g.example>')).toBeNull()
})

test('what is told a server as an address is one, and holds no second', () => {
  expect(isAddress('anna.lind+order@åre.example')).toBe(true)
  for (const text of ['', 'anna', 'a@b@c', 'a@b, c@d', 'a b@c', '<a@b>', 'a@b\r\nRCPT TO:<x@y>'])
    expect(isAddress(text), text).toBe(false)
})
