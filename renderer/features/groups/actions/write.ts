import { RotateCcw, Save } from 'lucide-react'
import { mayDo } from '../../../../domain/access/rights'
import type { CustomerGroup } from '../../../../domain/company'
import { hidden, possible } from '../../../actions/action'
import type { Action, Possibility } from '../../../actions/action'
import type { Desk } from '../../../desk'
import { canReachGateway, signedInUser } from '../../../state/console'
import { isUnderway, pendingOf } from '../../../state/sends'
import { GROUPS, groupsOf } from '../groups'
import { followSource, saveGroup, unknownSend } from '../save-group'

function selectedGroup({ console, navigation, replica }: Desk): CustomerGroup | undefined {
  const user = signedInUser(console.getState())
  const id = navigation.store.getState().selected[GROUPS] ?? null
  if (id === null || !user || !mayDo(user, 'set_customer_groups')) return undefined
  return replica.get('customer_group', id)
}

/** Sets what is being written of the group that is open. */
export const saveAction: Action = {
  id: 'groups.save',
  title: 'action.groups.save',
  group: 'list',
  icon: Save,
  // Ctrl+Enter is the kit's own on a focused button, so it cannot be the only one.
  keys: ['Mod+s', 'Mod+Enter'],
  when: (desk) => {
    const group = selectedGroup(desk)
    const draft = group && groupsOf(desk).store.getState().drafts.get(group.id)
    return group && draft ? sending(desk, group, draft.isBusy) : hidden
  },
  run: (desk) => run(desk, saveGroup),
}

/** Lets the group that is open follow its source again. */
export const followSourceAction: Action = {
  id: 'groups.followSource',
  title: 'action.groups.followSource',
  group: 'list',
  icon: RotateCcw,
  keys: ['f'],
  when: (desk) => {
    const group = selectedGroup(desk)
    if (!group?.set) return hidden
    if (groupsOf(desk).store.getState().drafts.has(group.id))
      return { kind: 'disabled', why: ({ t }) => t('group.followAfterDraft') }
    const pending = pendingOf(desk.sends.getState().byId, [], group.id)
    return sending(desk, group, pending.some(isUnderway))
  },
  run: (desk) => run(desk, followSource),
}

function run(desk: Desk, send: (desk: Desk, group: CustomerGroup) => Promise<void>): void {
  const group = selectedGroup(desk)
  if (!group) return
  const unknown = unknownSend(desk, group.id)
  if (unknown) return desk.commands.askAgain(unknown.id)
  send(desk, group).catch(desk.report)
}

function sending(desk: Desk, group: CustomerGroup, isBusy: boolean): Possibility {
  if (unknownSend(desk, group.id)) return possible
  if (isBusy) return { kind: 'disabled', why: ({ t }) => t('user.saving') }
  if (canReachGateway(desk.console.getState())) return possible
  return { kind: 'disabled', why: ({ t }) => t('groups.offline') }
}
