import { useDesk, useNow, useTexts } from '../../desk-hooks'
import { Banner } from '../../ui/banner'
import { Button } from '../../ui/button'
import { ruleSummary } from '../../wording/policy'
import waysCss from '../users/conflict-banner.module.css'
import { settleConflict } from './edit-rules'
import { rulesOf } from './rules'
import { usePolicyNames, useRules } from './use-rules'

/** Somebody else put other rules in force: who, when, what both have changed, and the ways on. */
export function ConflictBanner() {
  const desk = useDesk()
  const texts = useTexts()
  const { t, formats } = texts
  const names = usePolicyNames()
  const now = useNow()
  const conflict = useRules((state) => state.conflict)
  const entries = useRules((state) => state.entries)
  if (conflict === null) return null
  const { by, at, ruleIds } = conflict
  const who =
    by === null || at === null
      ? t('rules.conflict')
      : t('rules.conflictBy', { name: by, when: formats.when(at, now) })
  if (ruleIds.length === 0) {
    return (
      <Banner
        meaning="notice"
        actions={
          <Button variant="quiet" onPress={() => rulesOf(desk).store.setState({ conflict: null })}>
            {t('rules.conflictSeen')}
          </Button>
        }
      >
        <strong>{who}</strong> {t('rules.conflictNone')}
      </Banner>
    )
  }
  const both = entries.filter(({ id }) => ruleIds.includes(id))
  const called = both.map(({ form, rule }) => form?.name ?? rule?.name ?? '')
  return (
    <Banner meaning="warning" isAlert>
      <strong>{who}</strong> {t('rules.conflictBoth', { names: formats.list(called) })}
      <ul>
        {both.map(({ id, was }) => (
          <li key={id}>
            {was
              ? t('rules.theirs', { name: was.name, rule: ruleSummary(was, texts, names) })
              : t('rules.theirsGone')}
          </li>
        ))}
      </ul>
      <span className={waysCss.ways}>
        <Button onPress={() => settleConflict(desk, 'theirs')}>{t('rules.takeTheirs')}</Button>
        <Button onPress={() => settleConflict(desk, 'mine')}>{t('rules.keepMine')}</Button>
      </span>
    </Banner>
  )
}
