import {
  ArrowDownNarrowWide,
  ArrowUpNarrowWide,
  CopyPlus,
  FlaskConical,
  Plus,
  Power,
  ShieldCheck,
  Trash2,
} from 'lucide-react'
import { mayDo } from '../../../../domain/access/rights'
import { hidden, possible } from '../../../actions/action'
import type { Action, Possibility } from '../../../actions/action'
import type { Desk } from '../../../desk'
import { canReachGateway, signedInUser } from '../../../state/console'
import { pendingOf } from '../../../state/sends'
import type { Send } from '../../../state/sends'
import type * as editRules from '../edit-rules'
import { isDirty, POLICY, RULES, rulesOf, TRY } from '../rules'

/** The code that edits comes with the screen, so that a start does without it. */
function editing(run: (edit: typeof editRules, desk: Desk) => void) {
  return (desk: Desk) =>
    void import('../edit-rules').then((edit) => run(edit, desk)).catch(desk.report)
}

function mayDoHere({ console }: Desk, deed: 'set_policy' | 'try_policy'): boolean {
  const user = signedInUser(console.getState())
  return user !== null && mayDo(user, deed)
}

/** The rule that is open, where it can be changed by who is signed in. */
function openRule(desk: Desk, deed: 'set_policy' | 'try_policy' = 'set_policy'): string | null {
  if (!mayDoHere(desk, deed)) return null
  const id = desk.navigation.store.getState().selected[RULES] ?? null
  const { entries } = rulesOf(desk).store.getState()
  return entries.some((entry) => entry.id === id) ? id : null
}

const whenOpen = (desk: Desk): Possibility => (openRule(desk) === null ? hidden : possible)

/** Opens the menu of what a rule can begin as. */
export const newAction: Action = {
  id: 'rules.new',
  title: 'action.rules.new',
  group: 'list',
  icon: Plus,
  keys: ['n'],
  when: (desk) =>
    mayDoHere(desk, 'set_policy') && rulesOf(desk).store.getState().known !== null
      ? possible
      : hidden,
  run: (desk) => rulesOf(desk).store.setState({ isMenuOpen: true }),
}

export const tryAction: Action = {
  id: 'rules.try',
  title: 'action.rules.try',
  group: 'list',
  icon: FlaskConical,
  keys: ['t'],
  when: (desk) => tryPossibility(desk),
  // Where they are being tried already, once more.
  run: (desk) => {
    if (!isTryOpen(desk)) return desk.navigation.select(RULES, TRY)
    import('../save-rules').then(({ tryRules }) => tryRules(desk)).catch(desk.report)
  },
}

export const switchAction: Action = {
  id: 'rules.switch',
  title: 'action.rules.switch',
  group: 'list',
  icon: Power,
  keys: ['o'],
  when: (desk) => (openRule(desk, 'try_policy') === null ? hidden : possible),
  run: editing((edit, desk) => {
    const id = openRule(desk, 'try_policy')
    const entry = rulesOf(desk)
      .store.getState()
      .entries.find((one) => one.id === id)
    const isOn = entry?.form?.isOn ?? entry?.rule?.isOn
    if (id !== null && isOn !== undefined) edit.switchRule(desk, id, !isOn)
  }),
}

export const duplicateAction: Action = {
  id: 'rules.duplicate',
  title: 'action.rules.duplicate',
  group: 'list',
  icon: CopyPlus,
  keys: ['d'],
  when: whenOpen,
  run: editing((edit, desk) => {
    const id = openRule(desk)
    if (id !== null) edit.duplicateRule(desk, id)
  }),
}

function moveAction(by: 1 | -1): Action {
  return {
    id: by === 1 ? 'rules.moveDown' : 'rules.moveUp',
    title: by === 1 ? 'action.rules.moveDown' : 'action.rules.moveUp',
    group: 'list',
    icon: by === 1 ? ArrowDownNarrowWide : ArrowUpNarrowWide,
    keys: [by === 1 ? 'Shift+j' : 'Shift+k'],
    repeats: true,
    when: (desk) => {
      const id = openRule(desk)
      if (id === null) return hidden
      const { entries } = rulesOf(desk).store.getState()
      const at = entries.findIndex((entry) => entry.id === id) + by
      return at >= 0 && at < entries.length ? possible : hidden
    },
    run: editing((edit, desk) => {
      const id = openRule(desk)
      if (id !== null) edit.moveRule(desk, id, by)
    }),
  }
}
export const moveDownAction = moveAction(1)
export const moveUpAction = moveAction(-1)

export const removeAction: Action = {
  id: 'rules.remove',
  title: 'action.rules.remove',
  group: 'list',
  icon: Trash2,
  keys: ['Delete'],
  when: whenOpen,
  run: editing((edit, desk) => {
    const id = openRule(desk)
    if (id !== null) edit.removeRule(desk, id)
  }),
}

/** Puts all that is written in force; asks what became of it where nobody answered. */
export const putInForceAction: Action = {
  id: 'rules.putInForce',
  title: 'action.rules.putInForce',
  group: 'list',
  icon: ShieldCheck,
  // Ctrl+Enter is the kit's own on a focused button, so it cannot be the only one.
  keys: ['Mod+s', 'Mod+Enter'],
  when: (desk) => putPossibility(desk),
  run: (desk) => {
    const unknown = unknownSend(desk)
    if (unknown) return desk.commands.askAgain(unknown.id)
    import('../save-rules').then(({ putInForce }) => putInForce(desk)).catch(desk.report)
  },
}

function putPossibility(desk: Desk): Possibility {
  const state = rulesOf(desk).store.getState()
  if (!mayDoHere(desk, 'set_policy') || !isDirty(state)) return hidden
  if (unknownSend(desk)) return possible
  if (state.isBusy) return { kind: 'disabled', why: ({ t }) => t('rules.puttingInForce') }
  if (state.conflict && state.conflict.ruleIds.length > 0) {
    return { kind: 'disabled', why: ({ t }) => t('rules.conflictFirst') }
  }
  if (canReachGateway(desk.console.getState())) return possible
  return { kind: 'disabled', why: ({ t }) => t('rules.offline') }
}

function isTryOpen({ navigation }: Desk): boolean {
  return navigation.store.getState().selected[RULES] === TRY
}

/** The screen of it can always be gone to; there, what keeps rules from being tried is said. */
function tryPossibility(desk: Desk): Possibility {
  const { known, entries } = rulesOf(desk).store.getState()
  if (!mayDoHere(desk, 'try_policy') || known === null) return hidden
  if (!isTryOpen(desk)) return possible
  if (entries.some(({ rule }) => rule === null)) {
    return { kind: 'disabled', why: ({ t }) => t('rules.tryUnfinished') }
  }
  if (canReachGateway(desk.console.getState())) return possible
  return { kind: 'disabled', why: ({ t }) => t('rules.offline') }
}

/** What was sent and never answered. */
function unknownSend(desk: Desk): Send | undefined {
  return pendingOf(desk.sends.getState().byId, [], POLICY).find(
    ({ phase }) => phase.kind === 'unknown',
  )
}
