import type { FaultProxy } from '../fault-proxy/fault-proxy'
import type { Faults } from '../fault-proxy/shaping'

/** What a line is like for a while; one that is reset works, but everybody on it has to come anew. */
type Weather = Faults | 'reset'

const slow = (latencyMs: number, jitterMs = 0): Faults => ({
  toServer: { latencyMs, jitterMs },
  toClient: { latencyMs, jitterMs },
})

/** Mostly well, else one of the ways in which lines are bad. */
const atTheDoor: readonly Weather[] = [
  {},
  {},
  slow(5, 20),
  slow(50),
  { toServer: { duplicate: 0.3 }, toClient: { duplicate: 0.3 } },
  { toServer: { sliceBytes: 40 }, toClient: { sliceBytes: 200 } },
  { toServer: { bytesPerSecond: 50_000 }, toClient: { bytesPerSecond: 200_000 } },
  { toClient: { swallow: true } },
  { toServer: { swallow: true }, toClient: { swallow: true } },
  'reset',
]

/** Between a gateway and its database the network is short, mostly. */
const atTheDatabase: readonly Weather[] = [
  {},
  {},
  {},
  slow(1, 2),
  slow(50),
  { toServer: { sliceBytes: 100 }, toClient: { sliceBytes: 500 } },
  { toServer: { bytesPerSecond: 100_000 }, toClient: { bytesPerSecond: 400_000 } },
  'reset',
]

/** The weather at a gateway's door changes. */
export function changeAtDoor(door: FaultProxy, random: () => number): void {
  befall(door, atTheDoor[Math.floor(random() * atTheDoor.length)] ?? {})
}

/** The weather on the way to the database changes. */
export function changeAtCable(cable: FaultProxy, random: () => number): void {
  befall(cable, atTheDatabase[Math.floor(random() * atTheDatabase.length)] ?? {})
}

function befall(line: FaultProxy, weather: Weather): void {
  line.suffer(weather === 'reset' ? {} : weather)
  if (weather === 'reset') line.reset()
}
