import { refusal, type Outcome } from '../../contract/errors'

/**
 * The origin of a gateway from what a person typed. A gateway is an origin: scheme, host and port,
 * without a path, so that the same address serves HTTP and the socket. Encrypted unless it is this
 * very computer, where nobody listens in. `https://` may be left out, and for this computer `http://`.
 */
export function gatewayOrigin(typed: string): Outcome<string> {
  const text = typed.trim()
  if (text === '') return refuse('missing', 'Say which gateway to sign in to.')
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
  const address = parse(hasScheme ? text : `https://${text}`)
  if (address === null) return refuse('unreadable', 'That is no address of a gateway.')
  const isLocal = isLoopback(address.hostname)
  if (!hasScheme && isLocal) return gatewayOrigin(`http://${text}`)
  if (address.protocol !== 'https:' && address.protocol !== 'http:') {
    return refuse('scheme', 'The address of a gateway begins with https://.')
  }
  if (address.username !== '' || address.password !== '') {
    return refuse('userinfo', 'Leave name and password out of the address.')
  }
  if (address.pathname !== '/' || address.search !== '' || address.hash !== '') {
    return refuse('path', 'Give the address of the gateway alone, without a path.')
  }
  if (address.protocol === 'http:' && !isLocal) {
    return refuse('unencrypted', 'A gateway on another computer is reached by https:// only.')
  }
  return { ok: true, value: address.origin }
}

/** Names and numbers that never leave this computer. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
  )
}

function parse(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    return null
  }
}

function refuse(reason: string, message: string): Outcome<never> {
  return { ok: false, error: refusal('invalid', message, { field: 'gateway', reason }) }
}
