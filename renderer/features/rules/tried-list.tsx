import { ListBox, ListBoxItem } from 'react-aria-components'
import type { QueryResult } from '../../../contract/queries'
import { useDesk, useNow, useTexts } from '../../desk-hooks'
import { KeyHint } from '../../ui/key-hint'
import { asSentence, findingWords, stepsWords } from '../../wording/policy'
import type { PolicyNames } from '../../wording/policy'
import type { Texts } from '../../../language/texts'
import css from './tried-list.module.css'

type TriedRow = QueryResult<'policy.try'>['rows'][number]

/** The requisitions that would go another way: by which steps they went, and by which they would go. */
export function TriedList({
  rows,
  changed,
  names,
}: {
  readonly rows: readonly TriedRow[]
  /** Of all that were tried, also those that are not told one by one. */
  readonly changed: number
  readonly names: PolicyNames
}) {
  const desk = useDesk()
  const texts = useTexts()
  const { t, formats } = texts
  const now = useNow()
  return (
    <section aria-label={t('rules.otherWay')} className={css.tried}>
      <p className={css.lesser}>
        {rows.length < changed && `${t('rules.triedSome', { count: rows.length })} `}
        <KeyHint keys="Enter" /> {t('rules.triedOpens')}
      </p>
      <ListBox
        aria-label={t('rules.otherWay')}
        className={css.list ?? ''}
        // What it does not use itself is the window's: Esc goes a step back.
        data-list=""
        selectionMode="none"
        onAction={(key) => desk.navigation.open('requisition', String(key).split(' ')[0] ?? '')}
      >
        {rows.map((row) => {
          const company = desk.replica.get('company', row.companyId)?.name ?? row.companyId
          return (
            <ListBoxItem
              key={`${row.requisitionId} ${row.revision}`}
              id={`${row.requisitionId} ${row.revision}`}
              textValue={`${row.number} ${company}`}
              className={css.row ?? ''}
            >
              <span className={css.line}>
                <span className={css.title}>{company}</span>
                <span className={css.figure}>{formats.money(row.net, row.currency)}</span>
              </span>
              <span className={css.line}>
                <span className={css.steps}>
                  {t('rules.wouldGo', {
                    before: wayWords(row, row.now, texts, names),
                    after: wayWords(row, row.would, texts, names),
                  })}
                </span>
                <span className={css.lesser}>
                  {row.revision > 1
                    ? t('rules.numberRevision', { number: row.number, revision: row.revision })
                    : row.number}
                  {' · '}
                  {formats.shortWhen(row.receivedAt, now)}
                </span>
              </span>
              <span className={css.why}>{whyWords(row, texts, names)}</span>
            </ListBoxItem>
          )
        })}
      </ListBox>
    </section>
  )
}

/** By whom it goes; without steps it is ordered at once, or a person decides for other reasons. */
function wayWords(
  { needsPerson }: TriedRow,
  steps: TriedRow['now'],
  texts: Texts,
  names: PolicyNames,
): string {
  if (steps.length > 0) return stepsWords(steps, texts, names)
  return texts.t(needsPerson ? 'policy.taker.deciders' : 'rules.orderedAtOnce')
}

/** What the rules found, those that are written first; those in force where none of these finds anything. */
function whyWords({ now, would }: TriedRow, texts: Texts, names: PolicyNames): string {
  const steps = would.length > 0 ? would : now
  const found = steps.flatMap(({ because }) => because.flatMap(({ findings }) => findings))
  const words = new Set(found.map((finding) => findingWords(finding, texts, names)))
  return words.size === 0 ? '' : asSentence(texts.formats.list([...words]))
}
