import { useStore } from 'zustand'
import { DECISION_TEXT_LIMIT } from '../../../contract/decision-text'
import type { Quote } from '../../../contract/quotes'
import { useDesk, useTexts } from '../../desk-hooks'
import { todayAt } from '../../state/today'
import { TextArea, TextField } from '../../ui/text-field'
import { fieldsOf, write } from './deeds'
import { validityProblem, type HeadField } from './quote-form'
import { quotesOf } from './quotes'
import css from './quotes.module.css'

/** The head of a quote that has not gone out. */
export function QuoteFields({ quote }: { readonly quote: Quote }) {
  const desk = useDesk()
  const { t, formats } = useTexts()
  useStore(quotesOf(desk).store, ({ drafts }) => drafts.get(quote.id))
  const form = fieldsOf(desk, quote)
  const set = (field: HeadField) => (value: string) =>
    write(desk, quote, (before) => ({ ...before, [field]: value }))
  const problem = validityProblem(form, todayAt(desk))
  const length = form.message.trim().length
  return (
    <div className={css.fields}>
      <TextField
        className={css.short}
        label={t('quote.validUntil')}
        value={form.validUntil}
        onChange={set('validUntil')}
        error={problem && t(`quote.field.${problem}`)}
        placeholder={t('quote.datePlaceholder')}
      />
      <TextField
        className={css.short}
        label={t('head.goodsMark')}
        value={form.goodsMark}
        onChange={set('goodsMark')}
      />
      <TextField
        className={css.short}
        label={t('head.yourReference')}
        value={form.yourReference}
        onChange={set('yourReference')}
      />
      <TextArea
        className={css.message}
        label={t('quote.message')}
        rows={2}
        value={form.message}
        onChange={set('message')}
        error={
          length > DECISION_TEXT_LIMIT
            ? t('decide.textTooLong', { limit: formats.integer(DECISION_TEXT_LIMIT) })
            : null
        }
      />
    </div>
  )
}
