import type { Replica } from '../state/replica'
import type { Bridge } from './bridge'
import type { Reporter } from './reporter'

/** Fetches from this computer's disk what the replica was told in brief. */
export interface WholeRequisitions {
  /** See that the whole of a requisition comes, in the version that is here now. */
  readonly need: (id: string) => void
  /** The same of many; resolves when each has come or could not be had. Nobody is told of them one by one. */
  readonly needAll: (ids: Iterable<string>) => Promise<void>
}

/** @param answered told when one has come, or could not be had */
export function createWholeRequisitions(
  bridge: Pick<Bridge, 'request'>,
  replica: Replica,
  report: Reporter,
  answered: (id: string) => void,
): WholeRequisitions {
  /** The version that each is being asked for. */
  const asked = new Map<string, number>()

  async function fetch(id: string, version: number): Promise<void> {
    asked.set(id, version)
    await bring(id, version)
    if (asked.get(id) === version) asked.delete(id)
    answered(id)
  }

  async function bring(id: string, version: number): Promise<void> {
    try {
      const found = await bridge.request('replica.requisition', { id })
      if (found) replica.complete(id, found.version, found.text)
    } catch (error) {
      report(error)
    }
    replica.miss(id, version)
  }

  return {
    need: (id) => {
      const held = replica.requisitions.get(id)
      if (!held || held.hasWhole || asked.get(id) === held.version) return
      void fetch(id, held.version)
    },
    needAll: async (ids) => {
      const wanted = [...ids].flatMap((id) => {
        const held = replica.requisitions.get(id)
        return held && !held.hasWhole ? [bring(id, held.version)] : []
      })
      await Promise.all(wanted)
    },
  }
}
