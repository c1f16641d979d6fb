import { html, Markup } from '../customers/markup'
import type { Texts } from '../../language/texts'
import type { Words } from '../../language/words'
import type { Page } from './purpose'
import { contentSecurityPolicy, sheet } from './style'

/** Pages that tell why there is nothing to see, and the status of each. */
const failures = {
  unknown: 404,
  expired: 410,
  outdated: 410,
  tooMany: 429,
  away: 503,
  wrong: 400,
} as const
export type Failure = keyof typeof failures

/** Kept apart from the rest of the page, whose layout in the source is not the sheet's: its digest counts. */
const style = new Markup(`<style>${sheet}</style>`)

/** A page as a response. A crawler, a cache or the next page must learn nothing of it. */
export function pageResponse(page: Page, status = 200): Response {
  return respond(
    status,
    page.texts,
    page.sellerName,
    page.title,
    html`<main>${page.content}</main>
      <footer>${page.foot}</footer>`,
  )
}

/**
 * A page that says what is wrong and what to do, and nothing of what the link was about.
 * @param status another one than the failure's own
 */
export function failureResponse(
  failure: Failure,
  words: Words,
  sellerName: string,
  {
    status,
    headers,
  }: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
): Response {
  const title = words.t(`page.${failure}`)
  const content = html`<main>
    <h1>${title}</h1>
    <p>${words.t(`page.${failure}.detail`)}</p>
  </main>`
  return respond(status ?? failures[failure], words, sellerName, title, content, headers)
}

/** Back to the page, which says what has become of it; a reload sends nothing again. */
export function seeAgain(token: string): Response {
  return new Response(null, { status: 303, headers: { ...pageHeaders, location: token } })
}

const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': contentSecurityPolicy,
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
}

function respond(
  status: number,
  { language }: Pick<Texts, 'language'>,
  sellerName: string,
  title: string,
  content: Markup,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const document = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="format-detection" content="telephone=no" />
        <title>${[title, sellerName].filter((part) => part !== '').join(' · ')}</title>
        ${style}
      </head>
      <body>
        <header>${sellerName}</header>
        ${content}
      </body>
    </html> `
  return new Response(document.text, { status, headers: { ...pageHeaders, ...headers } })
}
