import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import type { EntityKind } from '../../../contract/entities'
import type { Difference } from '../../../domain/requisition/difference'
import { canReachGateway } from '../../state/console'
import { useConsole, useDesk, useNow, useReplica, useTexts } from '../../desk-hooks'
import { TextButton } from '../../ui/button'
import { Skeleton } from '../../ui/skeleton'
import { ask } from '../../services/queries'
import {
  historyDoor,
  historyLines,
  historyQuote,
  historyTitle,
  standsInForIn,
} from '../../wording/history'
import type { HistoryEntry } from '../../wording/history'
import { policyNamesIn } from '../../wording/policy'
import type { Texts } from '../../../language/texts'
import { DifferenceList } from './difference-list'
import css from './history.module.css'

type Answer =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'known'; readonly rows: readonly HistoryEntry[]; readonly next: string | null }

/** What has happened to one thing, newest first, day by day. The gateway keeps it; offline it says so. */
export function History({
  aggregateId,
  kind = 'requisition',
  describe,
}: {
  readonly aggregateId: string
  /** Null where the feed carries no such thing, so that nothing tells of a newer version. */
  readonly kind?: EntityKind | null
  /** More to be told of an entry than its own words. */
  readonly describe?: (entry: HistoryEntry) => ReactNode
}) {
  const desk = useDesk()
  const { t } = useTexts()
  const isReachable = useConsole(canReachGateway)
  const version = useReplica(({ replica }) =>
    kind === null ? 0 : replica.versionOf(kind, aggregateId),
  )
  const [answer, setAnswer] = useState<Answer>({ kind: 'loading' })
  const [attempt, setAttempt] = useState(0)
  const [isOlderFailed, setIsOlderFailed] = useState(false)

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
    setIsOlderFailed(!older.ok)
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
  return (
    <>
      <Days rows={answer.rows} describe={describe} />
      {isOlderFailed && <p className={css.note}>{t('history.failed')}</p>}
      {answer.next !== null && (
        <TextButton onPress={() => void showOlder(answer)}>{t('history.older')}</TextButton>
      )}
    </>
  )
}

/** The entries, those of one calendar day of the seller's together. */
function Days({
  rows,
  describe,
}: {
  readonly rows: readonly HistoryEntry[]
  readonly describe: ((entry: HistoryEntry) => ReactNode) | undefined
}) {
  const texts = useTexts()
  const { formats } = texts
  const now = useNow()
  const days = new Map<string, HistoryEntry[]>()
  for (const entry of rows) {
    const date = formats.dateOf(entry.at)
    days.set(date, [...(days.get(date) ?? []), entry])
  }
  return [...days].map(([date, entries]) => (
    <section key={date} className={css.day} aria-label={dayWords(date, now, texts)}>
      <h4 className={css.date}>{dayWords(date, now, texts)}</h4>
      <ol className={css.entries}>
        {entries.map((entry) => (
          <Entry key={entry.seq} entry={entry} now={now} describe={describe} />
        ))}
      </ol>
    </section>
  ))
}

function Entry({
  entry,
  now,
  describe,
}: {
  readonly entry: HistoryEntry
  readonly now: string
  readonly describe: ((entry: HistoryEntry) => ReactNode) | undefined
}) {
  const desk = useDesk()
  const texts = useTexts()
  const { t, formats } = texts
  // The names of those stood in for, and of what rules name, are others' own, and may come or change later.
  useReplica(({ replica }) => replica.store.getState().revision)
  const names = policyNamesIn(desk.replica)
  const absent = standsInForIn(entry).map((id) => names.user(id) ?? t('step.wanted.unknownUser'))
  const { name } = entry.actor
  const who =
    entry.actor.kind === 'system'
      ? t('history.system')
      : absent.length === 0
        ? name
        : t('step.byFor', { name, other: formats.list(absent) })
  const door = historyDoor(entry, texts)
  const quote = historyQuote(entry)
  return (
    <li className={css.entry}>
      <span>{historyTitle(entry.type, texts)}</span>
      <span className={css.who}>
        {who} ·{' '}
        <time dateTime={entry.at} title={exactly(entry.at, texts)}>
          {agoOrTime(entry.at, now, texts)}
        </time>
        {door !== null && ` · ${door}`}
      </span>
      {historyLines(entry, texts, names).map((line) => (
        <span key={line} className={css.line}>
          {line}
        </span>
      ))}
      <Changed data={entry.data} />
      {quote !== null && <q className={css.text}>{quote}</q>}
      {describe?.(entry)}
    </li>
  )
}

/** What was changed with it: of a revision, or of what was proposed. */
function Changed({ data }: { readonly data: HistoryEntry['data'] }) {
  const proposal = data['proposal'] as { readonly difference?: Difference } | undefined
  // As the gateway writes it; a schema would cost every start.
  const difference = (data['difference'] as Difference | undefined) ?? proposal?.difference
  return difference ? <DifferenceList difference={difference} /> : null
}

/** `14:05`, and how long ago while that says more: within the hour. */
function agoOrTime(at: string, now: string, { formats }: Texts): string {
  const time = formats.time(at)
  const isRecent = Date.parse(now) - Date.parse(at) < 3_600_000
  return isRecent ? `${time}, ${formats.when(at, now)}` : time
}

function exactly(at: string, { formats }: Texts): string {
  return `${formats.isoDay(formats.dateOf(at))} ${formats.time(at)}:${at.slice(17, 19)}`
}

function dayWords(date: string, now: string, { t, formats }: Texts): string {
  const today = formats.dateOf(now)
  if (date === today) return t('time.today')
  if (date === dayBefore(today)) return t('time.yesterday')
  return formats.day(date, today)
}

function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}
