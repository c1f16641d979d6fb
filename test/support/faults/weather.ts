import type { Faults } from '../fault-proxy/shaping'

/** What a line is like for a while: mostly well, else one of the ways in which lines are bad. */
const atTheDoor: readonly Faults[] = [
  {},
  {},
  { toServer: { latencyMs: 5, jitterMs: 20 }, toClient: { latencyMs: 5, jitterMs: 20 } },
  { toServer: { duplicate: 0.3 }, toClient: { duplicate: 0.3 } },
  { toServer: { sliceBytes: 40 }, toClient: { sliceBytes: 200 } },
  { toClient: { bytesPerSecond: 200_000 } },
  { toClient: { swallow: true } },
  { toServer: { swallow: true }, toClient: { swallow: true } },
]

/** Between a gateway and its database the network is short. */
const atTheDatabase: readonly Faults[] = [
  {},
  {},
  {},
  { toServer: { latencyMs: 1, jitterMs: 2 }, toClient: { latencyMs: 1 } },
  { toServer: { sliceBytes: 100 }, toClient: { sliceBytes: 500 } },
]

export function doorWeather(random: () => number): Faults {
  return atTheDoor[Math.floor(random() * atTheDoor.length)] ?? {}
}

export function cableWeather(random: () => number): Faults {
  return atTheDatabase[Math.floor(random() * atTheDatabase.length)] ?? {}
}
