import {
  Keyboard,
  Languages,
  LogOut,
  Moon,
  RefreshCw,
  Search,
  Send,
  Sun,
  SunMoon,
} from 'lucide-react'
import type { LocalSettings } from '../../contract/console'
import type { Desk } from '../desk'
import { waitingOf } from '../state/waiting'
import { languageOf } from '../texts'
import { hidden, possible } from './action'
import type { Action, TitleKey } from './action'

const always = () => possible

function set(settings: Partial<LocalSettings>) {
  return ({ bridge, console, report }: Desk) => {
    bridge
      .request('settings.update', settings)
      .then((now) => console.setState({ settings: now }))
      .catch(report)
  }
}

function theme(value: LocalSettings['theme'], icon: Action['icon'] & object): Action {
  return {
    id: `theme.${value}`,
    title: `action.theme.${value}` as TitleKey,
    group: 'application',
    icon,
    when: ({ console }) => (console.getState().settings?.theme === value ? hidden : possible),
    run: set({ theme: value }),
  }
}

function language(value: 'sv' | 'en'): Action {
  return {
    id: `language.${value}`,
    title: `action.language.${value}`,
    group: 'application',
    icon: Languages,
    when: ({ console }) => (languageOf(console.getState()) === value ? hidden : possible),
    run: set({ language: value }),
  }
}

function singleKeys(on: boolean): Action {
  return {
    id: `singleKeys.${on ? 'on' : 'off'}`,
    title: `action.singleKeys.${on ? 'on' : 'off'}`,
    group: 'application',
    icon: Keyboard,
    when: ({ console }) =>
      (console.getState().settings?.singleKeys ?? true) === on ? hidden : possible,
    run: set({ singleKeys: on }),
  }
}

/** Ends the session without asking. */
export function signOut({ bridge, navigation, report }: Desk): void {
  navigation.show(null)
  bridge.request('session.signOut').catch(report)
}

/** What belongs to no screen. */
export const applicationActions: readonly Action[] = [
  {
    id: 'palette',
    title: 'action.palette',
    group: 'application',
    icon: Search,
    keys: ['Mod+k'],
    when: always,
    run: ({ navigation }) =>
      navigation.show(navigation.store.getState().overlay === 'palette' ? null : 'palette'),
  },
  {
    id: 'shortcuts',
    title: 'action.shortcuts',
    group: 'application',
    icon: Keyboard,
    keys: ['?', 'Mod+/'],
    when: always,
    run: ({ navigation }) => navigation.show('shortcuts'),
  },
  {
    id: 'retryConnection',
    title: 'action.retryConnection',
    group: 'application',
    icon: RefreshCw,
    when: ({ console }) => (console.getState().connection?.kind === 'offline' ? possible : hidden),
    run: ({ bridge, report }) => void bridge.request('connection.retry').catch(report),
  },
  theme('light', Sun),
  theme('dark', Moon),
  theme('system', SunMoon),
  language('sv'),
  language('en'),
  singleKeys(true),
  singleKeys(false),
  {
    id: 'signOut',
    title: 'action.signOut',
    group: 'application',
    icon: LogOut,
    when: always,
    run: (desk) => {
      const waiting = waitingOf(desk.console.getState())
      if (waiting.toSend > 0) desk.navigation.show('sign_out')
      else signOut(desk)
    },
  },
]

export const outboxAction: Action = {
  id: 'outbox',
  title: 'action.outbox',
  group: 'application',
  icon: Send,
  when: ({ console }) => (console.getState().outbox.length > 0 ? possible : hidden),
  run: ({ navigation }) => navigation.show('outbox'),
}
