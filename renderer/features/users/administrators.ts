import type { User } from '../../../contract/entities'
import type { Desk } from '../../desk'

/** Those who look after users and may be asked about them, by name. */
export function administrators({ replica }: Desk): readonly User[] {
  return [...replica.all('user').values()]
    .filter(({ roles, status }) => status === 'active' && roles.includes('admin'))
    .sort((a, b) => a.displayName.localeCompare(b.displayName, 'sv'))
}
