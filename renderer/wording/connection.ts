import type { ConnectionState } from '../../contract/console'
import type { Meaning } from '../ui/status'
import type { Texts } from '../../language/texts'

/** The connection in a word, for the title bar. */
export function connectionWord({ kind }: ConnectionState, { t }: Texts): string {
  return t(`connection.${kind}`)
}

export function connectionMeaning({ kind }: ConnectionState): Meaning {
  if (kind === 'live') return 'good'
  return kind === 'offline' ? 'warning' : 'notice'
}

/** What it means that the desk is not in step: what is the matter, how old this is, what still works. */
export function connectionSentences(
  connection: Exclude<ConnectionState, { kind: 'live' }>,
  { t, formats }: Texts,
  now: string,
): readonly string[] {
  const { lastInStep } = connection
  const age =
    lastInStep === null
      ? t('connection.ageUnknown')
      : t('connection.age', { when: formats.when(lastInStep, now) })
  if (connection.kind === 'catching_up') {
    return [
      t('connection.catching_up'),
      ...(lastInStep === null
        ? []
        : [t('connection.catchingUpDetail', { when: formats.dayAndTime(lastInStep, now) })]),
    ]
  }
  if (connection.kind === 'connecting') return [t('connection.connecting'), age]
  const { reason, nextTryAt } = connection
  if (reason === 'protocol_older' || reason === 'protocol_newer') {
    return [t(`connection.${reason}`), age]
  }
  return [
    t(`connection.${reason}`),
    age,
    t('connection.meanwhile'),
    ...(nextTryAt === null
      ? []
      : [t('connection.nextTry', { when: formats.until(nextTryAt, now) })]),
  ]
}
