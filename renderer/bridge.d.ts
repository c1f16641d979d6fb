import type { KontorBridge } from '../contract/bridge'

declare global {
  interface Window {
    /** What the preload script offers; see the contract for every name on it. */
    readonly kontor: KontorBridge
  }
}
