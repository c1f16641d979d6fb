import type { KontorBridge } from '../../contract/bridge'

/**
 * The bridge as the window uses it. What comes over it is main's, of the same program and version, and
 * was parsed where it came in, from the gateway or from the disk: the schemas are nothing a window has
 * to load before it can be worked in.
 */
export type Bridge = KontorBridge
