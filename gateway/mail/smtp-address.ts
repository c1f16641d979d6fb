/** Where mail is handed over, and how. */
export interface SmtpAddress {
  readonly host: string
  readonly port: number
  /** `from_start`, or `on_request` (STARTTLS), which is insisted on; `never` where the address says so. */
  readonly tls: 'from_start' | 'on_request' | 'never'
  readonly auth: { readonly user: string; readonly pass: string } | null
}

const usualPort = { from_start: 465, on_request: 587, never: 25 } as const

/**
 * An address such as `smtp://user:password@mail.example:587` or `smtps://…`, as settings; null when it
 * is none. `?tls=never` is for a server on this computer or in one's own network that speaks no TLS.
 */
export function readSmtpAddress(text: string): SmtpAddress | null {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || url.hostname === '' || !/^\/?$/.test(url.pathname) || url.hash !== '')
    return null
  const tls = tlsOf(url)
  const user = unescaped(url.username)
  const pass = unescaped(url.password)
  if (tls === null || user === null || pass === null) return null
  return {
    // An IPv6 address is in brackets there.
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? usualPort[tls] : Number(url.port),
    tls,
    auth: user === '' ? null : { user, pass },
  }
}

function tlsOf({ protocol, search }: URL): SmtpAddress['tls'] | null {
  if (protocol === 'smtps:') return search === '' ? 'from_start' : null
  if (protocol !== 'smtp:') return null
  if (search === '') return 'on_request'
  return search === '?tls=never' ? 'never' : null
}

function unescaped(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
