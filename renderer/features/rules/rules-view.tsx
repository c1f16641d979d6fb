import { FlaskConical, Plus, Scale, SearchX, ShieldAlert, WifiOff } from 'lucide-react'
import { useEffect } from 'react'
import { mayDo } from '../../../domain/access/rights'
import { refusalSentence } from '../../../language/refusals'
import { runAction } from '../../actions/run-action'
import { useConsole, useDesk, useNavigation, useNow, useTexts, useUser } from '../../desk-hooks'
import { canReachGateway } from '../../state/console'
import { Button, IconButton } from '../../ui/button'
import { EmptyState } from '../../ui/empty-state'
import { ListHeader } from '../../ui/list-header'
import { Menu } from '../../ui/menu'
import { RowList, usualHints } from '../../ui/row-list'
import { SplitPane } from '../../ui/split-pane'
import { listKeys } from './actions/list'
import { newAction, tryAction } from './actions/write'
import { newRule } from './edit-rules'
import { MOST } from './rule-form'
import { RuleRow } from './rule-row'
import { RULES, rulesOf } from './rules'
import { RulesPane } from './rules-pane'
import { refreshRules } from './save-rules'
import { startingIcon, startingPoints } from './starting-points'
import { useMaySet, usePolicyNames, useRuleProblems, useRules, useRulesInForce } from './use-rules'
import { NotAllowed } from '../users/not-allowed'

/** The approval rules in their order, beside the one that is open. For administrators and approvers. */
export function RulesView() {
  const user = useUser()
  if (user && !mayDo(user, 'try_policy')) return <NotAllowed screen="rules" />
  return <RulesScreen />
}

function RulesScreen() {
  const desk = useDesk()
  const texts = useTexts()
  const { t } = texts
  useRulesInForce()
  const rules = rulesOf(desk)
  const query = useRules((state) => state.query)
  const known = useRules((state) => state.known)
  const ids = useRules(() => rules.ids())
  const hasFailed = useRules(({ failure }) => failure !== null)
  const isReachable = useConsole(canReachGateway)
  const selected = useNavigation((state) => state.selected[RULES] ?? null)
  const names = usePolicyNames()
  const problems = useRuleProblems()
  return (
    <SplitPane
      listLabel={t('rules.title')}
      detailLabel={t('rules.detail')}
      list={
        <>
          <ListHeader
            screen={RULES}
            title={t('rules.title')}
            search={{
              label: t('rules.search'),
              placeholder: t('rules.searchPlaceholder'),
              value: query,
              onChange: rules.setQuery,
              keys: listKeys.search.keys?.[0] ?? '',
            }}
            beside={
              known && (
                <IconButton
                  label={t('rules.try')}
                  icon={FlaskConical}
                  keys={tryAction.keys?.[0]}
                  isOutlined
                  onPress={() => runAction(desk, tryAction)}
                />
              )
            }
            hits={query === '' ? null : t('rules.hits', { count: ids.length })}
            action={<NewRule />}
          />
          <RowList
            screen={RULES}
            label={t('rules.list')}
            ids={ids}
            selected={selected}
            onSelect={(id) => desk.navigation.select(RULES, id)}
            row={(id, isSelected) => (
              <RuleRow id={id} isSelected={isSelected} isUnsound={problems.has(id)} names={names} />
            )}
            isLoading={known === null && isReachable && !hasFailed}
            empty={<RulesEmpty />}
            hints={usualHints(listKeys, texts)}
          />
        </>
      }
      selected={selected}
      detail={<RulesPane id={selected} problems={problems} names={names} />}
    />
  )
}

/** What a rule can begin as, under the button and its key. */
function NewRule() {
  const desk = useDesk()
  const { t } = useTexts()
  const { store } = rulesOf(desk)
  const maySet = useMaySet()
  const isKnown = useRules(({ known }) => known !== null)
  const isFull = useRules(({ entries }) => entries.length >= MOST.rules)
  const isOpen = useRules(({ isMenuOpen }) => isMenuOpen)
  // Left open by a key that went elsewhere, it must not be open on the way back.
  useEffect(() => () => store.setState({ isMenuOpen: false }), [store])
  if (!maySet || !isKnown) return null
  const entry = (point: (typeof startingPoints)[number]) => ({
    id: point,
    title: t(`rules.start.${point}`),
    icon: startingIcon[point],
    disabled: isFull ? t('rules.full', { maximum: MOST.rules }) : undefined,
    run: () => newRule(desk, point),
  })
  return (
    <Menu
      label={t('rules.startingPoints')}
      placement="bottom end"
      groups={[startingPoints.slice(0, -1).map(entry), startingPoints.slice(-1).map(entry)]}
      isOpen={isOpen}
      onOpenChange={(isMenuOpen) => store.setState({ isMenuOpen })}
    >
      <Button icon={Plus} keys={newAction.keys?.[0]}>
        {t('rules.add')}
      </Button>
    </Menu>
  )
}

function RulesEmpty() {
  const desk = useDesk()
  const texts = useTexts()
  const { t } = texts
  const now = useNow()
  const query = useRules((state) => state.query)
  const known = useRules((state) => state.known)
  const failure = useRules((state) => state.failure)
  const isReachable = useConsole(canReachGateway)
  const maySet = useMaySet()
  if (known === null) {
    return isReachable && failure ? (
      <EmptyState
        icon={ShieldAlert}
        title={t('rules.failed')}
        detail={refusalSentence(failure, texts, texts.formats, now)}
        actions={
          <Button onPress={() => void refreshRules(desk).catch(desk.report)}>
            {t('controls.retry')}
          </Button>
        }
      />
    ) : (
      <EmptyState icon={WifiOff} title={t('rules.notHere')} detail={t('rules.notHereDetail')} />
    )
  }
  if (query === '') {
    return (
      <EmptyState
        icon={Scale}
        title={t('rules.empty')}
        detail={t(maySet ? 'rules.emptyDetail' : 'rules.emptyDetailOther')}
      />
    )
  }
  return (
    <EmptyState
      icon={SearchX}
      title={t('rules.nothingFound', { query })}
      detail={t('rules.nothingFoundDetail')}
      actions={
        <Button variant="quiet" onPress={() => rulesOf(desk).setQuery('')}>
          {t('controls.clear')}
        </Button>
      }
    />
  )
}
