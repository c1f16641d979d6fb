import { localSettingsSchema, type LocalSettings } from '../contract/console'
import type { Log } from './log'
import type { Disk } from './storage/disk'
import { openCheckedStore, type CheckedStore, type Recovered } from './storage/checked-store'

/** The settings of this console on this computer, in `settings.json` of the user-data folder. */
export function openSettings(
  folder: string,
  recovered: (file: Recovered) => void,
  log: Log,
  disk?: Disk,
): CheckedStore<LocalSettings> {
  return openCheckedStore({
    folder,
    name: 'settings',
    schema: localSettingsSchema,
    initial: localSettingsSchema.parse({}),
    recovered,
    disk,
    log,
  })
}
