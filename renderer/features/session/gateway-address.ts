/** Why an address cannot be used, as the key of its sentence. */
export type AddressProblem =
  | 'session.addressEmpty'
  | 'session.addressMalformed'
  | 'session.addressScheme'
  | 'session.addressInsecure'
  | 'session.addressCredentials'
  | 'session.addressLong'

export type CheckedAddress =
  | { readonly ok: true; readonly origin: string }
  | { readonly ok: false; readonly error: AddressProblem }

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/** Characters; as many as main takes. */
const LONGEST = 500

/**
 * The address a person typed → the gateway's origin. Without a scheme it is taken as https, and as
 * http where it is this computer, the only one for which plain http is let through.
 */
export function checkAddress(typed: string): CheckedAddress {
  const text = typed.trim()
  if (text === '') return { ok: false, error: 'session.addressEmpty' }
  if (text.length > LONGEST) return { ok: false, error: 'session.addressLong' }
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
  let url: URL
  try {
    url = new URL(hasScheme ? text : `https://${text}`)
  } catch {
    return { ok: false, error: 'session.addressMalformed' }
  }
  if (!hasScheme && LOOPBACK.test(url.hostname)) return checkAddress(`http://${text}`)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { ok: false, error: 'session.addressScheme' }
  }
  if (url.username !== '' || url.password !== '') {
    return { ok: false, error: 'session.addressCredentials' }
  }
  if (url.hostname === '' || /\s/.test(text))
    return { ok: false, error: 'session.addressMalformed' }
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
    return { ok: false, error: 'session.addressInsecure' }
  }
  return { ok: true, origin: url.origin }
}
