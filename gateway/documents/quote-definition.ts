import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces'
import type { Quote, QuoteLine } from '../../contract/quotes'
import type { Address } from '../../domain/company'
import { priceToOrder } from '../../domain/requisition/line-price'
import { formatsIn } from '../../language/formats'
import { wordsIn } from '../../language/words'

/** Everything that stands on a quote's document. */
export interface QuoteDocument {
  readonly quote: Quote
  readonly language: 'sv' | 'en'
  readonly timeZone: string
  readonly sellerName: string
  readonly company: {
    readonly id: string
    readonly name: string
    readonly vatNumber: string | null
    readonly paymentTerms: string | null
    /** Its first; null where it has none. */
    readonly address: Address | null
  }
  readonly contactName: string
  /** By article id. */
  readonly articles: Readonly<Record<string, { readonly name: string; readonly unit: string }>>
}

/** A quote as a page, in the company's language; the sums of every page's foot are at its end. */
export function quoteDefinition(document: QuoteDocument): TDocumentDefinitions {
  const { quote, language, timeZone, sellerName, company, articles } = document
  const words = wordsIn(language)
  const { t } = words
  const formats = formatsIn(words, timeZone)
  const { currency, totals } = quote
  const money = (amount: number) => formats.money(amount, currency)
  const title = t('document.quote', { number: quote.number })
  const version = t('quote.version', { version: quote.revision })
  const fact = (label: string, value: string | null): TableCell[][] =>
    value === null ? [] : [[{ text: label, style: 'label' }, value]]

  const row = (line: QuoteLine): TableCell[] => {
    const article = articles[line.articleId]
    const price = priceToOrder({ shown: line.byHand, resolved: line.resolved })
    const more = [
      line.articleId,
      line.requestedDate && t('document.wanted', { day: formats.isoDay(line.requestedDate) }),
      line.comment,
    ].filter((one) => one !== null)
    return [
      {
        stack: [article?.name ?? line.articleId, { text: more.join(' · '), style: 'lesser' }],
      },
      figure(formats.quantityWithUnit(line.quantity, article?.unit ?? '')),
      figure(
        price
          ? formats.unitPrice(price.unitPrice.amount) +
              (price.unitPrice.basis === 'gross' ? ` ${t('lines.grossBasis')}` : '')
          : t('lines.priceMissing'),
      ),
      figure(price && price.rebate !== 0 ? formats.percent(-price.rebate) : ''),
      figure(formats.percent(line.vatRate)),
      figure(line.rowAmount === null ? '' : formats.amount(line.rowAmount, currency)),
    ]
  }
  const head = (text: string, isFigure = true): TableCell => ({
    text,
    style: 'head',
    ...(isFigure && { alignment: 'right' }),
  })
  const sums: TableCell[][] = [
    [t('totals.net'), figure(money(totals.net))],
    ...totals.vat.map(({ rate, base, amount }): TableCell[] => [
      t('document.vatOn', { rate: formats.percent(rate), base: money(base) }),
      figure(money(amount)),
    ]),
    [
      { text: t('totals.gross'), bold: true },
      { ...figure(money(totals.gross)), bold: true },
    ],
  ]
  const content: Content[] = [
    {
      columns: [
        [
          { text: sellerName, style: 'lesser' },
          { text: title, style: 'title', headlineLevel: 1 },
          { text: version, style: 'lesser' },
        ],
        {
          width: 220,
          layout: 'noBorders',
          table: {
            widths: ['auto', '*'],
            body: [
              [
                { text: t('quote.validUntil'), style: 'label' },
                { text: formats.isoDay(quote.validUntil), bold: true },
              ],
              ...fact(
                t('document.date'),
                formats.isoDay(formats.dateOf(quote.sent?.at ?? quote.createdAt)),
              ),
              ...fact(t('document.ourContact'), (quote.sent?.by ?? quote.createdBy).name),
              ...fact(t('head.yourReference'), quote.yourReference),
              ...fact(t('head.purchaseOrder'), quote.purchaseOrderNumber),
              ...fact(t('head.goodsMark'), quote.goodsMark),
              ...fact(t('head.paymentTerms'), company.paymentTerms),
              ...fact(t('head.freightTerms'), quote.freightTerms),
            ],
          },
        },
      ],
    },
    {
      margin: [0, 16, 0, 16],
      columns: [
        addressOf(t('document.customer'), [
          company.name,
          t('document.attention', { name: document.contactName }),
          ...linesOf(company.address),
          t('document.customerNumber', { number: company.id }),
          company.vatNumber,
        ]),
        {
          width: 220,
          stack: [
            addressOf(
              t('head.deliveryAddress'),
              quote.deliveryAddress
                ? [quote.deliveryAddress.name, ...linesOf(quote.deliveryAddress)]
                : [t('document.asCustomer')],
            ),
          ],
        },
      ],
    },
    ...(quote.message
      ? [{ text: quote.message, margin: [0, 0, 0, 14] as [number, number, number, number] }]
      : []),
    {
      layout: 'lightHorizontalLines',
      table: {
        headerRows: 1,
        // A row is not torn in two by the end of a page.
        dontBreakRows: true,
        widths: ['*', 62, 66, 42, 38, 72],
        body: [
          [
            head(t('lines.article'), false),
            head(t('lines.quantity')),
            head(t('lines.price')),
            head(t('lines.rebate')),
            head(t('lines.vat')),
            head(t('lines.rowAmount')),
          ],
          ...quote.lines.map(row),
        ],
      },
    },
    {
      unbreakable: true,
      margin: [0, 14, 0, 0],
      columns: [
        { text: '', width: '*' },
        {
          width: 'auto',
          layout: 'noBorders',
          table: { widths: ['auto', 100], body: sums },
        },
      ],
    },
  ]
  return {
    pageSize: 'A4',
    pageMargins: [42, 42, 42, 48],
    language: language === 'sv' ? 'sv-SE' : 'en-GB',
    version: '1.7',
    tagged: true,
    displayTitle: true,
    info: {
      title: `${title}, ${version}`,
      author: sellerName,
      subject: company.name,
      creator: 'Kontor',
      producer: 'Kontor',
    },
    content,
    footer: (page, pages) => ({
      margin: [42, 14, 42, 0],
      style: 'lesser',
      columns: [
        `${sellerName} · ${title}, ${version}`,
        { text: t('document.page', { page, pages }), alignment: 'right' },
      ],
    }),
    defaultStyle: { font: 'Roboto', fontSize: 9.5, lineHeight: 1.15 },
    styles: {
      title: { fontSize: 20, bold: true },
      head: { bold: true, fontSize: 8.5 },
      label: { color: '#555555' },
      lesser: { color: '#555555', fontSize: 8.5 },
    },
  }
}

function figure(text: string) {
  return { text, alignment: 'right' as const }
}

function addressOf(title: string, lines: readonly (string | null)[]): Content {
  return {
    stack: [
      { text: title, style: 'label', headlineLevel: 2 },
      ...lines.filter((line) => line !== null),
    ],
  }
}

function linesOf(address: Address | null): readonly string[] {
  if (!address) return []
  const { street, postalCode, city, country } = address
  return [street, `${postalCode} ${city}`, country]
}
