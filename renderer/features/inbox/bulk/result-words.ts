import { refusalSentence } from '../../../../language/refusals'
import type { Texts } from '../../../../language/texts'
import type { Desk } from '../../../desk'
import type { BulkResult, BulkRow } from '../../../services/bulk'

/** What has become of one, in a sentence. */
export function resultWords(result: BulkResult, texts: Texts, now: string): string {
  const { t, formats } = texts
  switch (result.kind) {
    case 'ordered':
      return t('bulk.result.ordered', { order: result.orderNumber })
    case 'refused':
      return refusalSentence(result.error, texts, formats, now)
    case 'left_out':
      return t('bulk.result.leftOut', { why: result.why(texts) })
    case 'waiting':
    case 'sending':
    case 'asking':
    case 'unknown':
    case 'step_taken':
    case 'rejected':
    case 'queued':
    case 'not_sent':
      return t(`bulk.result.${result.kind}`)
  }
}

/** The results as text, a line each, its parts divided by tabs: for a mail or a spreadsheet. */
export function resultsText(
  { replica }: Desk,
  rows: readonly BulkRow[],
  texts: Texts,
  now: string,
): string {
  return rows
    .map(({ number, companyId, net, currency, result }) =>
      [
        number,
        replica.get('company', companyId)?.name ?? companyId,
        texts.formats.money(net, currency),
        resultWords(result, texts, now),
      ].join('\t'),
    )
    .join('\n')
}
