import { refusalSentence } from '../../../language/refusals'
import type { Refusal } from '../../../contract/errors'
import type { Quote } from '../../../contract/quotes'
import { catalogue } from '../../../language/catalogue'
import type { MessageKey } from '../../../language/catalogue'
import { useStore } from 'zustand'
import { useDesk, useEntity, useNow, usePending, useTexts, useUser } from '../../desk-hooks'
import { isUnderway } from '../../state/sends'
import { Banner } from '../../ui/banner'
import { Button } from '../../ui/button'
import { RefusalCode } from '../../ui/refusal-code'
import { UnknownBanner } from '../users/unknown-banner'
import { answerRevision } from './deeds'
import { mayWrite } from './may'
import { outcomeSentence } from './quote-words'
import { quotesOf } from './quotes'
import css from './quotes.module.css'

/** What is to be known before anything else is done about it. */
export function QuoteNotices({ quote }: { readonly quote: Quote }) {
  const desk = useDesk()
  const texts = useTexts()
  const { t, formats } = texts
  const now = useNow()
  const user = useUser()
  const pending = usePending(quote.id)
  const isConflict = useStore(quotesOf(desk).store, ({ drafts }) => {
    const draft = drafts.get(quote.id)
    return draft !== undefined && !draft.isSent && draft.base !== quote
  })
  const refused = pending.find(({ phase }) => phase.kind === 'refused')
  const offline = pending.find(({ phase }) => phase.kind === 'offline')
  const unknown = pending.find(({ phase }) => phase.kind === 'unknown')
  const { outcome, review, state } = quote
  const words =
    outcome &&
    ('reason' in outcome ? outcome.reason : 'message' in outcome ? outcome.message : null)
  return (
    <div className={css.notices}>
      {isConflict && (
        <Banner
          meaning="warning"
          actions={
            <Button onPress={() => quotesOf(desk).putDraft(quote.id, null)}>
              {t('quote.discardMine')}
            </Button>
          }
        >
          {t('quote.changedMeanwhile')}
        </Banner>
      )}
      <AskedAnew quote={quote} />
      {outcome && (
        <Banner meaning={outcome.kind === 'countered' ? 'warning' : 'plain'}>
          {outcomeSentence(outcome, texts, now, user?.id ?? null)}
          {words && <q className={css.words}>{words}</q>}
        </Banner>
      )}
      {state === 'draft' && review?.kind === 'refused' && (
        <Banner meaning="warning">
          {t('quote.review.refused', {
            name: review.by.name,
            when: formats.when(review.at, now),
          })}
          <q className={css.words}>{review.reason}</q>
        </Banner>
      )}
      {state === 'ready' && review?.kind === 'passed' && (
        <Banner meaning="good">
          {review.automatic
            ? t('quote.review.automatic')
            : t('quote.review.passed', {
                name: review.by.name,
                when: formats.when(review.at, now),
              })}
        </Banner>
      )}
      {offline && (
        <Banner meaning="danger" isAlert>
          {t('rules.neverSent')}
        </Banner>
      )}
      {refused?.phase.kind === 'refused' && (
        <Banner
          meaning="danger"
          isAlert
          actions={
            <Button variant="quiet" onPress={() => desk.commands.dismiss(refused.id)}>
              {t('controls.close')}
            </Button>
          }
        >
          {refusalSentence(refused.phase.error, texts, formats, now)}
          <Problems quote={quote} error={refused.phase.error} />{' '}
          <RefusalCode error={refused.phase.error} />
        </Banner>
      )}
      <UnknownBanner send={unknown} />
    </div>
  )
}

/** What it answers says something else by now: the gateway does not send it before somebody has seen that. */
function AskedAnew({ quote }: { readonly quote: Quote }) {
  const desk = useDesk()
  const { t } = useTexts()
  const { requisition } = quote
  const newest = useEntity('requisition', requisition?.id)?.revision
  const isBusy = usePending(quote.id).some(isUnderway)
  const isUnsaved = useStore(quotesOf(desk).store, ({ drafts }) => drafts.has(quote.id))
  if (!requisition?.revision || newest === undefined || newest <= requisition.revision) return null
  if (!mayWrite(desk, quote)) return null
  const see = () => void answerRevision(desk, quote, newest)
  return (
    <Banner
      meaning="warning"
      actions={
        <Button isDisabled={isBusy || isUnsaved} onPress={see}>
          {t('quote.answersAnew')}
        </Button>
      }
    >
      {t('quote.askedAnew', { number: requisition.number })}
    </Banner>
  )
}

/** As many as can be taken in; the rest comes when these are mended. */
const MOST = 8

/** What the gateway found wrong, line by line. */
function Problems({ quote, error }: { readonly quote: Quote; readonly error: Refusal }) {
  const { t } = useTexts()
  const { problems } = error.details
  if (!Array.isArray(problems)) return null
  const told = (
    problems as readonly { readonly lineId?: unknown; readonly code?: unknown }[]
  ).slice(0, MOST)
  return (
    <ul className={css.problems}>
      {told.map(({ lineId, code }, at) => {
        const line = quote.lines.find(({ id }) => id === lineId)
        return (
          <li key={at}>
            {line && `${line.articleId}: `}
            {t(problemKey(String(code)))}
          </li>
        )
      })}
    </ul>
  )
}

type ProblemKey = Extract<MessageKey, `quote.problem.${string}`>

function problemKey(code: string): ProblemKey {
  const key = `quote.problem.${code}`
  return Object.hasOwn(catalogue.sv, key) ? (key as ProblemKey) : 'quote.problem.other'
}
