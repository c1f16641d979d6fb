import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import type { EntityKind } from '../../../contract/entities'
import type { QueryResult } from '../../../contract/queries'
import type { ApprovalStep } from '../../../domain/approval/steps'
import type { MessageKey } from '../../../language/catalogue'
import { catalogue } from '../../../language/catalogue'
import { canReachGateway } from '../../state/console'
import { useConsole, useDesk, useNow, useReplica, useTexts } from '../../desk-hooks'
import { TextButton } from '../../ui/button'
import { Skeleton } from '../../ui/skeleton'
import { ask } from '../../services/queries'
import css from './history.module.css'

export type HistoryEntry = QueryResult<'audit.of'>['rows'][number]
type Answer =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'known'; readonly rows: readonly HistoryEntry[]; readonly next: string | null }

/** What has happened to one thing, newest first. The gateway keeps it; offline it says so. */
export function History({
  aggregateId,
  kind = 'requisition',
  describe,
}: {
  readonly aggregateId: string
  readonly kind?: EntityKind
  /** More to be told of an entry than who and when. */
  readonly describe?: (entry: HistoryEntry) => ReactNode
}) {
  const desk = useDesk()
  const { t, formats } = useTexts()
  const now = useNow()
  const isReachable = useConsole(canReachGateway)
  const version = useReplica(({ replica }) => replica.versionOf(kind, aggregateId))
  // The names of those stood in for are the users' own, and may come or change later.
  useReplica(({ replica }) => replica.store.getState().revision)
  const [answer, setAnswer] = useState<Answer>({ kind: 'loading' })
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    if (!isReachable) return undefined
    let isWanted = true
    void ask(desk, 'audit.of', { aggregateId, limit: 20 }).then((result) => {
      if (!isWanted) return
      setAnswer(result.ok ? { kind: 'known', ...result.value } : { kind: 'failed' })
    })
    return () => {
      isWanted = false
    }
  }, [desk, aggregateId, version, isReachable, attempt])

  const showOlder = async (known: Extract<Answer, { kind: 'known' }>) => {
    const older = await ask(desk, 'audit.of', { aggregateId, limit: 50, after: known.next })
    if (older.ok) {
      setAnswer({
        kind: 'known',
        rows: [...known.rows, ...older.value.rows],
        next: older.value.next,
      })
    }
  }

  if (answer.kind === 'loading' && !isReachable)
    return <p className={css.note}>{t('history.offline')}</p>
  if (answer.kind === 'loading')
    return <Skeleton label={t('controls.loading')} rows={3} height={40} />
  if (answer.kind === 'failed') {
    return (
      <p className={css.note}>
        {t('history.failed')}{' '}
        <TextButton onPress={() => setAttempt(attempt + 1)}>{t('controls.retry')}</TextButton>
      </p>
    )
  }
  if (answer.rows.length === 0) return <p className={css.note}>{t('history.empty')}</p>
  const whoOf = (entry: HistoryEntry) => {
    const { name } = entry.actor
    const absent = standsInForIn(entry).map(
      (id) => desk.replica.get('user', id)?.displayName ?? t('step.wanted.unknownUser'),
    )
    return absent.length === 0 ? name : t('step.byFor', { name, other: formats.list(absent) })
  }
  return (
    <>
      <ol className={css.entries}>
        {answer.rows.map((entry) => (
          <li key={entry.seq} className={css.entry}>
            <span>{t(wordFor(entry.type))}</span>
            <span className={css.who}>
              {whoOf(entry)} · {formats.when(entry.at, now)}
            </span>
            <What data={entry.data} />
            {describe?.(entry)}
          </li>
        ))}
      </ol>
      {answer.next !== null && (
        <TextButton onPress={() => void showOlder(answer)}>{t('history.older')}</TextButton>
      )}
    </>
  )
}

/** An entry and the approvals it tells of are of one deed, though not always of one reading of the clock. */
const SAME_DEED_MILLISECONDS = 5_000

/**
 * The users whose places the actor took with what an entry tells, each once. Its steps hold what others
 * approved before, and what the actor did at other times: those are entries of their own.
 */
export function standsInForIn({
  type,
  at,
  actor,
  data,
}: Pick<HistoryEntry, 'type' | 'at' | 'actor' | 'data'>): readonly string[] {
  const isApproval =
    type === 'requisition.step_approved' ||
    type === 'requisition.approved' ||
    type === 'quote.approved'
  if (!isApproval) return []
  const steps = data['steps']
  if (actor.kind !== 'user' || !Array.isArray(steps)) return []
  // As the gateway writes it; a schema would cost every start.
  const absent = (steps as readonly Pick<ApprovalStep, 'approvals'>[])
    .flatMap(({ approvals }) => approvals)
    .filter(({ by }) => by.id === actor.id)
    .filter((one) => Math.abs(Date.parse(one.at) - Date.parse(at)) <= SAME_DEED_MILLISECONDS)
    .flatMap((one) => (one.for ? [one.for.id] : []))
  return [...new Set(absent)]
}

/** The words someone gave with it. */
function What({ data }: { readonly data: HistoryEntry['data'] }) {
  const text = data['reason'] ?? data['message']
  return typeof text === 'string' && text !== '' ? <q className={css.text}>{text}</q> : null
}

type HistoryKey =
  | Extract<
      MessageKey,
      `history.${'requisition' | 'order' | 'quote' | 'user' | 'session'}.${string}`
    >
  | 'history.other'

function wordFor(type: string): HistoryKey {
  const key = `history.${type}`
  return key in catalogue.sv ? (key as HistoryKey) : 'history.other'
}
