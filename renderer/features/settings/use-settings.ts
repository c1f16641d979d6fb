import { useState } from 'react'
import type { LocalSettings } from '../../../contract/console'
import { useConsole, useDesk } from '../../desk-hooks'

export interface SettingsInUse {
  readonly settings: LocalSettings
  /** Takes effect at once; what is left out stays. */
  readonly change: (settings: Partial<LocalSettings>) => void
  /** The reference under which the last change failed. */
  readonly failure: string | null
}

const DEFAULTS: LocalSettings = {
  language: 'system',
  theme: 'system',
  singleKeys: true,
  density: 'comfortable',
}

/** The settings of this console on this computer, and how to change them. */
export function useSettings(): SettingsInUse {
  const { bridge, console, report } = useDesk()
  const settings = useConsole((state) => state.settings) ?? DEFAULTS
  const [failure, setFailure] = useState<string | null>(null)
  return {
    settings,
    failure,
    change: (wish) => {
      bridge
        .request('settings.update', wish)
        .then((now) => {
          console.setState({ settings: now })
          setFailure(null)
        })
        .catch((error: unknown) => setFailure(report(error)))
    },
  }
}
