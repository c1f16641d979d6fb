import { Repeat, Save, UserPlus } from 'lucide-react'
import { mayDo } from '../../../../domain/access/rights'
import { hidden, possible } from '../../../actions/action'
import type { Action, Possibility } from '../../../actions/action'
import type { Desk } from '../../../desk'
import { canReachGateway, signedInUser } from '../../../state/console'
import { STAND_INS_ID } from '../../settings/stand-ins-id'
import { addUser, saveUser, unknownSend } from '../save-user'
import { NEW, USERS, usersOf } from '../users'

function mayManage({ console }: Desk): boolean {
  const user = signedInUser(console.getState())
  return user !== null && mayDo(user, 'manage_users')
}

function selectedId({ navigation }: Desk): string | null {
  return navigation.store.getState().selected[USERS] ?? null
}

/** Opens an empty form, or the one that was begun. */
export const addAction: Action = {
  id: 'users.add',
  title: 'action.users.add',
  group: 'list',
  icon: UserPlus,
  keys: ['n'],
  when: (desk) => (mayManage(desk) ? possible : hidden),
  run: ({ navigation }) => navigation.select(USERS, NEW),
}

/** Saves what is being written about the one that is open. */
export const saveAction: Action = {
  id: 'users.save',
  title: 'action.users.save',
  group: 'list',
  icon: Save,
  // Ctrl+Enter is the kit's own on a focused button, so it cannot be the only one.
  keys: ['Mod+s', 'Mod+Enter'],
  when: (desk) => savePossibility(desk),
  run: (desk) => {
    const id = selectedId(desk)
    if (id === null) return
    const unknown = unknownOf(desk, id)
    if (unknown) return desk.commands.askAgain(unknown.id)
    const user = desk.replica.get('user', id)
    const saved = id === NEW ? addUser(desk) : user ? saveUser(desk, user) : null
    saved?.catch(desk.report)
  },
}

/** To where the steps of the one that is open are handed to a colleague. */
export const handOverAction: Action = {
  id: 'users.handOver',
  title: 'action.users.handOver',
  group: 'list',
  icon: Repeat,
  keys: ['h'],
  when: (desk) => {
    const user = desk.replica.get('user', selectedId(desk) ?? '')
    const decides = user?.status === 'active' && mayDo(user, 'decide_requisition')
    return mayManage(desk) && decides ? possible : hidden
  },
  run: () => {
    const part = document.getElementById(STAND_INS_ID)
    const first = part?.querySelector<HTMLElement>('select, button') ?? part
    first?.scrollIntoView({ block: 'center' })
    first?.focus()
  },
}

/** What was sent about the one that is open and was never answered: the key asks about it. */
function unknownOf(desk: Desk, id: string) {
  const { newDraft } = usersOf(desk).store.getState()
  const aggregateId = id === NEW ? newDraft?.aggregateId : id
  return aggregateId === undefined ? undefined : unknownSend(desk, aggregateId)
}

function savePossibility(desk: Desk): Possibility {
  const id = selectedId(desk)
  if (id === null || !mayManage(desk)) return hidden
  const { drafts, newDraft } = usersOf(desk).store.getState()
  const draft = id === NEW ? newDraft : drafts.get(id)
  if (id !== NEW && !draft) return hidden
  if (unknownOf(desk, id)) return possible
  if (draft?.isBusy) return { kind: 'disabled', why: ({ t }) => t('user.saving') }
  if (canReachGateway(desk.console.getState())) return possible
  return { kind: 'disabled', why: ({ t }) => t('users.offline') }
}
