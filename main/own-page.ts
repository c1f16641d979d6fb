import type { WebFrameMain } from 'electron'

export const SCHEME = 'app'
export const HOST = 'kontor'

/** The page every window shows. */
export const PAGE = `${SCHEME}://${HOST}/index.html`

/** Whether an address is one of our own pages, by scheme and host. */
export function isOwnAddress(address: string): boolean {
  try {
    const { protocol, host } = new URL(address)
    return protocol === `${SCHEME}:` && host === HOST
  } catch {
    return false
  }
}

/** Only the top frame of our own page is trusted; a frame that has gone is not (it is then null). */
export function isTrustedSender(frame: Pick<WebFrameMain, 'parent' | 'url'> | null): boolean {
  return frame !== null && frame.parent === null && isOwnAddress(frame.url)
}
