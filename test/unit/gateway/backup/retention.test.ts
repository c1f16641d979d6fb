import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import {
  backupName,
  expired,
  readBackupName,
  type KeptBackup,
} from '../../../../gateway/backup/retention'

const hour = 3_600_000

function made(hours: number, beforeUpgrade = false): KeptBackup {
  const at = new Date(Date.UTC(2026, 10, 23) + hours * hour)
  return { name: backupName(at, beforeUpgrade), at, beforeUpgrade }
}

test.each([
  [false, 'kontor-20261123T221305Z.backup'],
  [true, 'kontor-20261123T221305Z-before-upgrade.backup'],
])('a name tells all (before an upgrade: %s)', (beforeUpgrade, name) => {
  const at = new Date('2026-11-23T22:13:05.678Z')
  expect(backupName(at, beforeUpgrade)).toBe(name)
  const read = { name, at: new Date('2026-11-23T22:13:05Z'), beforeUpgrade }
  expect(readBackupName(name)).toEqual(read)
})

test.each([
  '',
  'a.backup',
  'kontor-20261123T221305Z.backup.partial',
  'kontor-20269923T221305Z.backup',
])('“%s” is none of ours', (name) => expect(readBackupName(name)).toBeNull())

test('the newest of each of the last days and weeks are kept, however long ago they were', () => {
  const backups = [0, 3, 24, 30, 24 * 7, 24 * 8, 24 * 90, 24 * 90 + 1].map((hours) => made(hours))
  const kept = backups.filter((backup) => !expired(backups, { days: 2, weeks: 3 }).includes(backup))
  // Days 90 and 8; the weeks of 90, of 7 and 8, and of 0 and 1.
  expect(kept).toEqual([made(30), made(24 * 8), made(24 * 90 + 1)])
})

afterEach(() => vi.unstubAllEnvs())

test.each([
  ['the night of 23 hours', '2026-03-29T00:30:00Z'],
  ['the night of 25 hours', '2026-10-25T00:30:00Z'],
])('what is kept is the same wherever the computer stands, through %s', (_which, night) => {
  const hourly = Array.from({ length: 72 }, (_, at) => {
    const began = new Date(Date.parse(night) + (at - 36) * hour)
    return { name: backupName(began, false), at: began, beforeUpgrade: false }
  })
  const keptIn = (zone: string) => {
    vi.stubEnv('TZ', zone)
    expect(hourly.map(({ name }) => readBackupName(name))).toEqual(hourly)
    const gone = expired(hourly, { days: 3, weeks: 1 })
    return hourly.filter((backup) => !gone.includes(backup)).map(({ name }) => name)
  }
  // The computer's own day does have another length.
  vi.stubEnv('TZ', 'Europe/Stockholm')
  const local = (day: number) => new Date(2026, night.includes('-03-') ? 2 : 9, day).getTime()
  const date = Number(night.slice(8, 10))
  expect(local(date + 1) - local(date)).not.toBe(24 * hour)
  expect(keptIn('Europe/Stockholm')).toEqual(keptIn('UTC'))
  expect(keptIn('Europe/Stockholm')).toHaveLength(3)
})

test('the newest before an upgrade stays, whatever comes after it', () => {
  const backups = [made(0, true), made(24, true), made(24 * 60), made(24 * 61)]
  expect(expired(backups, { days: 1, weeks: 1 })).toEqual([made(24 * 60), made(0, true)])
})

test('whatever there is: the newest stays, and never more than are asked for', () => {
  const anyBackups = fc
    .uniqueArray(fc.integer({ min: 0, max: 24 * 400 }), { minLength: 1, maxLength: 60 })
    .map((hours) => hours.map((one) => made(one, one % 17 === 0)))
  const anyCount = fc.integer({ min: 1, max: 9 })
  fc.assert(
    fc.property(anyBackups, anyCount, anyCount, (backups, days, weeks) => {
      const gone = new Set(expired(backups, { days, weeks }))
      const kept = backups.filter((backup) => !gone.has(backup))
      const newest = Math.max(...backups.map(({ at }) => at.getTime()))
      expect(kept.map(({ at }) => at.getTime())).toContain(newest)
      expect(kept.length).toBeLessThanOrEqual(days + weeks + 1)
      // What is let go of now would not be missed tomorrow.
      expect(expired(kept, { days, weeks })).toEqual([])
    }),
  )
})
