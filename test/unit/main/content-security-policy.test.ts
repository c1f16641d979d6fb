import { expect, test } from 'vitest'

import { contentSecurityPolicy } from '../../../main/content-security-policy'

test('everything is refused that is not named', () => {
  expect(contentSecurityPolicy()).toMatch(/^default-src 'none';/)
})

test('no inline code, no eval, no address but our own, no markup from strings', () => {
  const policy = contentSecurityPolicy()
  expect(policy).not.toMatch(/unsafe|https?:|wss?:|\*/)
  expect(policy).toContain("require-trusted-types-for 'script'")
  for (const directive of ['base-uri', 'form-action', 'frame-ancestors']) {
    expect(policy).toContain(`${directive} 'none'`)
  }
})

test('development adds its own server, never eval', () => {
  const policy = contentSecurityPolicy('http://127.0.0.1:5173')
  expect(policy).toContain("connect-src 'self' ws://127.0.0.1:5173")
  expect(policy).not.toContain('unsafe-eval')
})
