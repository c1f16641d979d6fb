import { decodeWords } from '../../contract/replica-items'
import type { HeldRequisition } from '../state/held'
import type { Replica } from '../state/replica'
import type { Bridge } from './bridge'
import type { Reporter } from './reporter'

/** When nothing is known of a requisition's words. */
const NONE = { words: '', articles: '[]' } as const

/**
 * Fetches from this computer's disk what requisitions are searched by that were told in brief, when
 * somebody searches. Returns a function that stops it.
 */
export function followSearches(
  bridge: Pick<Bridge, 'request'>,
  replica: Replica,
  report: Reporter,
): () => void {
  let isAsking = false

  async function ask(): Promise<void> {
    const lacking: HeldRequisition[] = []
    for (const held of replica.requisitions.values()) if (!held.hasWords) lacking.push(held)
    if (lacking.length === 0) return
    isAsking = true
    // Not from within the drawing of a view that searches.
    await Promise.resolve()
    replica.store.setState({ areWordsComing: true })
    try {
      for (const line of await bridge.request('replica.words')) {
        for (const { id, version, ...words } of decodeWords(line)) {
          const held = replica.requisitions.get(id)
          if (held?.version === version) held.learn(words)
        }
      }
    } catch (error) {
      report(error)
    }
    // What is not to be had is not asked for with every letter; what has come meanwhile is.
    for (const held of lacking) held.learn(NONE)
    isAsking = false
    replica.store.setState({ areWordsComing: false })
    replica.touch()
  }

  return replica.observeSearch(() => {
    if (!isAsking) void ask()
  })
}
