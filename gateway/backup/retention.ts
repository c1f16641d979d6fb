/** A backup that was made by itself, as its name tells. */
export interface KeptBackup {
  readonly name: string
  /** When it was begun. */
  readonly at: Date
  /** Made right before an upgrade changed the schema. */
  readonly beforeUpgrade: boolean
}

export interface Retention {
  /** Days with a backup whose newest is kept. */
  readonly days: number
  /** Weeks with a backup whose newest is kept, from Monday in UTC. */
  readonly weeks: number
}

const pattern = /^kontor-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z(-before-upgrade)?\.backup$/

/** A name that sorts by time and that every file system takes. */
export function backupName(at: Date, beforeUpgrade: boolean): string {
  const stamp = at.toISOString().replace(/[-:]|\.\d+/g, '')
  return `kontor-${stamp}${beforeUpgrade ? '-before-upgrade' : ''}.backup`
}

/** What a name tells, or null for a file that is none of ours. */
export function readBackupName(name: string): KeptBackup | null {
  const [, year, month, day, hour, minute, second, upgrade] = pattern.exec(name) ?? []
  if (year === undefined) return null
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  if (Number.isNaN(at.getTime())) return null
  return { name, at, beforeUpgrade: upgrade !== undefined }
}

/**
 * The backups that need not be kept any longer. Days and weeks without one do not count, so that a
 * computer that was off for a month keeps what it had. The newest is always kept, and the newest that
 * was made before an upgrade.
 */
export function expired(backups: readonly KeptBackup[], keep: Retention): readonly KeptBackup[] {
  const newestFirst = [...backups].sort((a, b) => b.at.getTime() - a.at.getTime())
  const kept = new Set<KeptBackup>([
    ...newestFirst.slice(0, 1),
    ...newestFirst.filter(({ beforeUpgrade }) => beforeUpgrade).slice(0, 1),
    ...newestOfEach(newestFirst, dayOf, keep.days),
    ...newestOfEach(newestFirst, weekOf, keep.weeks),
  ])
  return newestFirst.filter((backup) => !kept.has(backup))
}

function newestOfEach(
  newestFirst: readonly KeptBackup[],
  spanOf: (at: Date) => number,
  most: number,
): readonly KeptBackup[] {
  const newest = new Map<number, KeptBackup>()
  for (const backup of newestFirst) {
    const span = spanOf(backup.at)
    if (!newest.has(span)) newest.set(span, backup)
  }
  return [...newest.values()].slice(0, most)
}

function dayOf(at: Date): number {
  return Math.floor(at.getTime() / 86_400_000)
}

/** The first day of 1970 was a Thursday. */
function weekOf(at: Date): number {
  return Math.floor((dayOf(at) + 3) / 7)
}
