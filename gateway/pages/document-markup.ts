import type { Attachment } from '../../contract/entities'
import type { Texts } from '../../language/texts'
import type { DocumentWords } from '../customers/document-words'
import { html, typed, type Markup } from '../customers/markup'

/** More lines than these would be a page that no phone opens. */
export const mostLines = 1_000

type Tone = 'calm' | 'good' | 'asking' | 'bad'

/** How it stands, in words. */
export interface Standing {
  readonly tone: Tone
  readonly heading: string
  readonly detail: string
  /** What a person wrote with it. */
  readonly words: { readonly text: string; readonly by: string } | null
}

/** What is known of a document beside its lines: what it is called, and what it is. */
export type Fact = readonly [string, string | Markup | null]

/** How it stands, before everything else. */
export function standingMarkup({ tone, heading, detail, words }: Standing): Markup {
  return html`<section class="standing ${tone}">
    <h2>${heading}</h2>
    <p>${detail}</p>
    ${
      words &&
      html`<figure>
        <blockquote>${typed(words.text)}</blockquote>
        <figcaption>${words.by}</figcaption>
      </figure>`
    }
  </section>`
}

/** Lines with their sums. */
export function linesMarkup({ lines, more, totals }: DocumentWords, { t }: Texts): Markup {
  return html`<table>
      <thead>
        <tr>
          <th scope="col">${t('document.article')}</th>
          <th scope="col" class="figure wide">${t('document.quantity')}</th>
          <th scope="col" class="figure wide">${t('document.price')}</th>
          <th scope="col" class="figure">${t('document.amount')}</th>
        </tr>
      </thead>
      <tbody>
        ${lines.map(
          ({ name, number, quantity, price, amount, notes }) =>
            html`<tr>
              <td>
                <span class="name">${name}</span>
                <span class="note">${number}</span>
                <span class="note narrow"
                  >${price === null ? quantity : `${quantity} × ${price}`}</span
                >
                ${notes.map((note) => html`<span class="note">${note}</span>`)}
              </td>
              <td class="figure wide">${quantity}</td>
              <td class="figure wide">${price ?? '–'}</td>
              <td class="figure">${amount ?? '–'}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${more > 0 && html`<p class="note">${t('document.more', { count: more })}</p>`}
    <dl class="totals">
      ${totals.map(
        ({ label, amount }) =>
          html`<div>
            <dt>${label}</dt>
            <dd>${amount}</dd>
          </div>`,
      )}
    </dl>`
}

/** What can be fetched with it, nothing where that is nothing. The page itself answers with the file. */
export function attachmentsMarkup(
  attachments: readonly Attachment[],
  { t, formats }: Texts,
): Markup | null {
  if (attachments.length === 0) return null
  return html`<section aria-labelledby="attachments">
    <h2 id="attachments">${t('page.attachments')}</h2>
    <ul class="files">
      ${attachments.map(
        ({ id, name, size }) =>
          html`<li>
            <a href="?attachment=${id}" download>${name}</a>
            <span class="note">${formats.fileSize(size)}</span>
          </li>`,
      )}
    </ul>
  </section>`
}

/** Facts, those that there are none of left out. */
export function factList(facts: readonly Fact[]): Markup {
  return html`<dl class="facts">
    ${facts.map(
      ([name, value]) =>
        value !== null &&
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`
}
