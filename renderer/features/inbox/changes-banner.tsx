import { Diff } from 'lucide-react'
import { useStore } from 'zustand'
import type { Requisition } from '../../../contract/entities'
import { awaitsDecision } from '../../../domain/requisition/states'
import { runAction } from '../../actions/run-action'
import { keyCaps } from '../../actions/keys'
import { useConsole, useDesk, useNow, useTexts } from '../../desk-hooks'
import { canReachGateway } from '../../state/console'
import { revalidationOf } from '../../state/revalidation'
import { Banner } from '../../ui/banner'
import { TextButton } from '../../ui/button'
import { KeyHint } from '../../ui/key-hint'
import { nextChangeAction } from './actions/next-change'
import { approveAction } from './actions/approve'
import { useChangesTold, useFigures } from './use-figures'
import { useRevalidation } from './use-revalidation'

/** What has changed since it was proposed, and since it was looked at where an approval came back for it. */
export function ChangesBanner({ requisition }: { readonly requisition: Requisition }) {
  useRevalidation(requisition)
  if (!awaitsDecision(requisition.state)) return null
  return (
    <>
      <ToldChanges requisition={requisition} />
      <ProposedAgainstNow requisition={requisition} />
    </>
  )
}

/** Nothing was approved: what the gateway found to be other than what was looked at. */
function ToldChanges({ requisition }: { readonly requisition: Requisition }) {
  const { t, formats } = useTexts()
  const told = useChangesTold(requisition.id)
  const singleKeys = useConsole(({ settings }) => settings?.singleKeys ?? true)
  const platform = useConsole(({ info }) => info?.platform ?? 'linux')
  if (!told) return null
  const { currency } = requisition
  const sentences = told.document.map((change) => {
    switch (change.what) {
      case 'net':
        return t('changes.toldNet', {
          now: formats.money(change.now, currency),
          seen: formats.money(change.seen, currency),
        })
      case 'overCredit':
        return t('changes.toldCredit', { now: formats.money(change.now, currency) })
      case 'status':
        return t('changes.toldHold')
    }
  })
  if (told.lines.length > 0) sentences.push(t('changes.toldLines', { count: told.lines.length }))
  const key = keyCaps(approveAction.keys?.[0] ?? '', platform).join('')
  sentences.push(singleKeys ? t('changes.again', { key }) : t('changes.pressAgain'))
  return (
    <Banner meaning="warning" icon={Diff} isAlert>
      <strong>{t('changes.told')}</strong> {sentences.join(' ')}
    </Banner>
  )
}

function ProposedAgainstNow({ requisition }: { readonly requisition: Requisition }) {
  const desk = useDesk()
  const { t, formats } = useTexts()
  const now = useNow()
  const { lines } = useFigures(requisition)
  const { answer, error, asked } = useStore(revalidationOf(desk))
  const isReachable = useConsole(canReachGateway)
  const all = [...lines.values()]
  const found = [
    ['changes.prices', all.filter(({ isPriceOther }) => isPriceOther).length],
    ['changes.dates', all.filter(({ delivery }) => delivery !== null).length],
    ['changes.margins', all.filter(({ margin }) => margin !== null).length],
  ] as const
  const what = found.flatMap(([key, count]) => (count === 0 ? [] : [t(key, { count })]))
  const stale = !isReachable
    ? answer
      ? t('changes.stale', { when: formats.when(answer.at, now) })
      : t('changes.unasked')
    : error && error.code !== 'wrong_state'
      ? t('changes.failed')
      : null
  if (what.length === 0 && stale === null) return null
  const again = () => revalidationOf(desk).setState({ asked: asked + 1 })
  return (
    <Banner
      meaning={what.length === 0 ? 'plain' : 'notice'}
      icon={Diff}
      actions={
        what.length > 0 ? (
          <TextButton onPress={() => runAction(desk, nextChangeAction)}>
            {t('changes.nextWord')} <KeyHint keys={nextChangeAction.keys?.[0] ?? ''} />
          </TextButton>
        ) : (
          isReachable && <TextButton onPress={again}>{t('controls.retry')}</TextButton>
        )
      }
    >
      {what.length > 0 && t('changes.since', { what: formats.list(what) })} {stale}
    </Banner>
  )
}
