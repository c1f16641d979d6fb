import { html, Markup, typed, unbroken } from '../customers/markup'
import type { DocumentWords, LineWords } from '../customers/document-words'
import { signatureOf, type Letter } from './letter'

/** Where the letter's link goes, and until which day. */
export interface LetterLink {
  readonly url: string
  readonly until: string
}

/** A letter as a mail, in plain text and in HTML that says the same. */
export function writeMail(
  letter: Letter,
  link: LetterLink,
): { readonly subject: string; readonly text: string; readonly html: string } {
  return {
    // A subject is one line, whatever a document is called.
    subject: letter.subject.replace(/\s+/g, ' ').trim(),
    text: plainText(letter, link),
    html: markupOf(letter, link).text,
  }
}

function plainText(letter: Letter, { url, until }: LetterLink): string {
  const { t } = letter.texts
  const { words, document } = letter
  const paragraphs = [
    t('mail.hello', { name: letter.recipientName }),
    letter.body,
    words &&
      words.text
        .split(/\r\n|\r|\n/)
        .map((line) => `> ${line}`)
        .join('\n'),
    words && signatureOf(letter),
    `${letter.link.label}: ${url}\n${t('mail.linkUntil', { day: until })}`,
    document && documentText(document, letter),
    `-- \n${sentBy(letter)}`,
  ]
  return `${paragraphs.filter((paragraph) => paragraph !== null).join('\n\n')}\n`
}

function documentText({ lines, more, totals }: DocumentWords, { texts: { t } }: Letter): string {
  const rows = lines.map((line) =>
    [
      `${line.name} (${line.number})`,
      `  ${figuresOf(line).join('  ')}`,
      ...line.notes.map((note) => `  ${note}`),
    ].join('\n'),
  )
  const rest = more === 0 ? [] : [t('document.more', { count: more })]
  const sums = totals.map(({ label, amount }) => `${label}: ${amount}`).join('\n')
  return [...rows, ...rest, sums].join('\n\n')
}

function figuresOf({ quantity, price, amount }: LineWords): readonly string[] {
  const counted = price === null ? quantity : `${quantity} × ${price}`
  return amount === null ? [counted] : [counted, `= ${amount}`]
}

function sentBy({ texts: { t }, sellerName, recipientName, companyName }: Letter): string {
  return t('mail.sentBy', { seller: sellerName, contact: recipientName, company: companyName })
}

/*
 * Mail programs know little of CSS: tables for layout, each style beside what it is for, and colours for
 * the dark in one sheet, for those that read it. The others darken by themselves.
 */
const font = `font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif`
const muted = 'color:#55606c'
const small = 'font-size:13px;line-height:19px'
const figure =
  'text-align:right;white-space:nowrap;vertical-align:top;font-variant-numeric:tabular-nums'

const darkSheet = new Markup(`:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.ground{background:#14171b!important}
.panel{background:#1d2126!important;border-color:#343a42!important}
.text{color:#e8eaee!important}
.muted{color:#aab3bd!important}
.rule{border-color:#343a42!important}
.words{border-color:#7fb4f5!important}
.button{background:#7fb4f5!important;color:#0d1b2d!important}
}`)

function markupOf(letter: Letter, { url, until }: LetterLink): Markup {
  const { texts, words, document } = letter
  const { t, language } = texts
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>${letter.subject}</title>
        <style>
          ${darkSheet}
        </style>
      </head>
      <body class="ground" style="margin:0;padding:0;background:#f4f5f7">
        <table
          role="presentation"
          class="ground"
          width="100%"
          cellpadding="0"
          cellspacing="0"
          style="background:#f4f5f7"
        >
          <tr>
            <td align="center" style="padding:24px 12px">
              <table
                role="presentation"
                width="100%"
                cellpadding="0"
                cellspacing="0"
                style="max-width:600px;${font}"
              >
                <tr>
                  <td class="muted" style="padding:0 4px 12px;${small};font-weight:600;${muted}">
                    ${letter.sellerName}
                  </td>
                </tr>
                <tr>
                  <td
                    class="panel text"
                    style="padding:28px 24px;background:#ffffff;border:1px solid #e1e4e9;border-radius:10px;color:#1b2026;font-size:15px;line-height:23px"
                  >
                    <h1
                      class="text"
                      style="margin:0 0 16px;font-size:20px;line-height:27px;font-weight:600;color:#1b2026"
                    >
                      ${unbroken(letter.subject)}
                    </h1>
                    <p style="margin:0 0 12px">
                      ${t('mail.hello', { name: letter.recipientName })}
                    </p>
                    <p style="margin:0 0 20px">${unbroken(letter.body)}</p>
                    ${
                      words &&
                      html`<blockquote
                          class="words"
                          style="margin:0 0 8px;padding:2px 0 2px 14px;border-left:3px solid #1d5fb0"
                        >
                          ${typed(words.text)}
                        </blockquote>
                        <p class="muted" style="margin:0 0 20px;${small};${muted}">
                          ${signatureOf(letter)}
                        </p>`
                    }
                    <p style="margin:0 0 8px">
                      <a
                        class="button"
                        href="${url}"
                        style="display:inline-block;padding:10px 18px;border-radius:6px;background:#1d5fb0;color:#ffffff;font-weight:600;text-decoration:none"
                        >${letter.link.label}</a
                      >
                    </p>
                    <p class="muted" style="margin:0;${small};${muted}">
                      ${t('mail.linkUntil', { day: until })}
                    </p>
                    ${document && documentMarkup(document, letter)}
                  </td>
                </tr>
                <tr>
                  <td class="muted" style="padding:14px 4px 0;${small};${muted}">
                    ${sentBy(letter)}
                  </td>
                </tr>
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html> `
}

function documentMarkup({ lines, more, totals }: DocumentWords, { texts: { t } }: Letter): Markup {
  const rule = 'border-top:1px solid #e1e4e9'
  return html`<table
    class="text"
    width="100%"
    cellpadding="0"
    cellspacing="0"
    style="margin-top:24px;font-size:14px;line-height:20px;color:#1b2026"
  >
    <tr>
      <th
        scope="col"
        class="muted"
        style="padding:0 0 6px;text-align:left;font-weight:400;${small};${muted}"
      >
        ${t('document.article')}
      </th>
      <th
        scope="col"
        class="muted"
        style="padding:0 0 6px;text-align:right;font-weight:400;${small};${muted}"
      >
        ${t('document.amount')}
      </th>
    </tr>
    ${lines.map(
      (line) =>
        html`<tr>
          <td class="rule" style="padding:9px 12px 9px 0;${rule};vertical-align:top">
            <strong style="font-weight:600">${line.name}</strong><br /><span
              class="muted"
              style="${small};${muted}"
              >${[line.number, figuresOf({ ...line, amount: null }).join('')].join(' · ')}${line.notes.map((note) => html`<br />${note}`)}</span
            >
          </td>
          <td class="rule" style="padding:9px 0;${rule};${figure}">${line.amount ?? '–'}</td>
        </tr> `,
    )}${
      more > 0 &&
      html`<tr>
        <td class="rule muted" colspan="2" style="padding:9px 0;${rule};${small};${muted}">
          ${t('document.more', { count: more })}
        </td>
      </tr>`
    }
    ${totals.map(({ label, amount }, at) => {
      const weight = at === totals.length - 1 ? 'font-weight:600' : muted
      const tone = at === totals.length - 1 ? 'text' : 'muted'
      const above = at === 0 ? `padding:10px 0 2px;${rule}` : 'padding:2px 0'
      return html`<tr>
        <td class="rule ${tone}" style="${above};${weight}">${label}</td>
        <td class="rule ${tone}" style="${above};${figure};${weight}">${amount}</td>
      </tr> `
    })}
  </table>`
}
