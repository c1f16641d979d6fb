import type { Desk } from '../../desk'
import { textsOf } from '../../texts'
import * as draft from './draft'
import type { Entries } from './draft'
import type { RuleForm } from './rule-form'
import { entriesOf, RULES, rulesOf } from './rules'
import { sellerCurrency } from './seller-currency'
import { beginRule } from './starting-points'
import type { StartingPoint } from './starting-points'

/** What was found wrong with an attempt is forgotten once something else is written. */
function put(desk: Desk, entries: Entries): void {
  const { store } = rulesOf(desk)
  if (store.getState().isBusy || entries === store.getState().entries) return
  store.setState({ entries, problem: null })
}

function entriesNow(desk: Desk): Entries {
  return rulesOf(desk).store.getState().entries
}

export function selectedRule({ navigation }: Desk): string | null {
  return navigation.store.getState().selected[RULES] ?? null
}

/** Adds a rule below the one that is open and opens it, ready to be filled in. */
export function newRule(desk: Desk, point: StartingPoint): void {
  const id = crypto.randomUUID()
  const form = beginRule(point, sellerCurrency(desk), textsOf(desk))
  put(desk, draft.add(entriesNow(desk), id, form, selectedRule(desk)))
  open(desk, id)
}

export function duplicateRule(desk: Desk, id: string): void {
  const entry = entriesNow(desk).find((one) => one.id === id)
  const name = entry?.form?.name ?? entry?.rule?.name ?? ''
  const newId = crypto.randomUUID()
  const copy = textsOf(desk).t('rules.copyOf', { name })
  put(desk, draft.duplicate(entriesNow(desk), id, newId, copy))
  open(desk, newId)
}

/** Opens what was just added with the focus where there is something to write. */
function open(desk: Desk, id: string): void {
  if (!entriesNow(desk).some((entry) => entry.id === id)) return
  const { store, setQuery } = rulesOf(desk)
  setQuery('')
  store.setState({ wanted: { ruleId: id, because: 'new' } })
  desk.navigation.select(RULES, id)
}

export function moveRule(desk: Desk, id: string, by: 1 | -1): void {
  put(desk, draft.move(entriesNow(desk), id, by))
}

/** Takes a rule away at once; a word in passing puts it back where it stood. */
export function removeRule(desk: Desk, id: string): void {
  const before = entriesNow(desk)
  const at = before.findIndex((entry) => entry.id === id)
  const entry = before[at]
  if (!entry || rulesOf(desk).store.getState().isBusy) return
  const next = before[at + 1] ?? before[at - 1]
  put(desk, draft.remove(before, id))
  if (selectedRule(desk) === id) desk.navigation.select(RULES, next?.id ?? null)
  const name = entry.form?.name ?? entry.rule?.name ?? ''
  const { owner } = rulesOf(desk).store.getState()
  desk.toasts.tell({
    meaning: 'notice',
    key: `rules.removed.${id}`,
    text: ({ t }) => t('rules.removed', { name }),
    action: {
      title: ({ t }) => t('controls.undo'),
      run: () => {
        // Somebody else may have signed in at this window meanwhile.
        if (rulesOf(desk).store.getState().owner !== owner) return
        put(desk, draft.insert(entriesNow(desk), entry, at))
        desk.navigation.select(RULES, id)
      },
    },
  })
}

export function writeRule(desk: Desk, id: string, form: RuleForm): void {
  put(desk, draft.write(entriesNow(desk), id, form))
}

export function switchRule(desk: Desk, id: string, isOn: boolean): void {
  put(desk, draft.switchRule(entriesNow(desk), id, isOn))
}

/** Throws away all that is written; the rules are again as they are in force. */
export function discardChanges(desk: Desk): void {
  const { store } = rulesOf(desk)
  const { known, entries, isBusy } = store.getState()
  if (isBusy || known === null) return
  const before = entries
  store.setState({
    entries: entriesOf(known.rules),
    conflict: null,
    isTried: false,
    problem: null,
    refused: null,
  })
  const open = selectedRule(desk)
  if (before.some(({ id, was }) => id === open && was === null)) {
    desk.navigation.select(RULES, null)
  }
}

/** Where both have changed a rule: theirs, or what was written here. */
export function settleConflict(desk: Desk, which: 'mine' | 'theirs'): void {
  const { store } = rulesOf(desk)
  const { conflict, known, entries } = store.getState()
  if (conflict === null || known === null) return
  store.setState({ conflict: null })
  if (which === 'theirs') put(desk, draft.takeTheirs(entries, conflict.ruleIds, known.rules))
}
