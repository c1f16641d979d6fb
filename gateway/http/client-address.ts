import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

/** What of a request tells where it came from. */
export type Arrival = Pick<IncomingMessage, 'headers'> & {
  readonly socket: { readonly remoteAddress?: string | undefined }
}

/**
 * The address a request came from. Every proxy appends whom it got the request from to
 * `X-Forwarded-For`, so with n trusted proxies in front it is the nth entry from the right; what
 * stands further left is whatever the client chose to write. Without a trusted proxy the header means
 * nothing. Where a proxy wrote no address at all, the nearest one that is known stands for it.
 *
 * @param trustedHops how many proxies in front of the gateway are ours; 0 for none
 */
export function clientAddress({ headers, socket }: Arrival, trustedHops: number): string {
  let address = readAddress(socket.remoteAddress ?? '') ?? 'unknown'
  if (trustedHops === 0) return address
  const header = headers['x-forwarded-for'] ?? ''
  const entries = (typeof header === 'string' ? header : header.join(',')).split(',')
  for (const entry of entries.reverse().slice(0, trustedHops)) {
    const nearer = readAddress(entry)
    if (nearer === null) break
    address = nearer
  }
  return address
}

/** An address without its port, brackets or zone, and an IPv4 one as such; null when it is none. */
function readAddress(text: string): string | null {
  const plain = text
    .trim()
    .replace(/^\[([^\]]*)\](:\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.)/i, '')
    .toLowerCase()
  return isIP(plain) === 0 ? null : plain
}
