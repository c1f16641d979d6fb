import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** The gateway's own figures, for `GET /metrics`. One registry a gateway, so that tests run several. */
export function createMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'kontor_' })
  const registers = [registry]
  return {
    registry,
    consoles: new Gauge({
      name: 'kontor_consoles',
      help: 'Consoles connected to this node',
      registers,
    }),
    refusedConnections: new Counter({
      name: 'kontor_refused_connections_total',
      help: 'Consoles turned away, by reason',
      labelNames: ['code'],
      registers,
    }),
    commandSeconds: new Histogram({
      name: 'kontor_command_seconds',
      help: 'Time from a command to its answer, commit included',
      labelNames: ['type', 'outcome'],
      buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers,
    }),
    changesSent: new Counter({
      name: 'kontor_changes_sent_total',
      help: 'Changes taken in by consoles',
      registers,
    }),
    httpSeconds: new Histogram({
      name: 'kontor_http_seconds',
      help: 'Time from a request to its answer',
      labelNames: ['route', 'status'],
      buckets: [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
      registers,
    }),
    storefrontEventSeconds: new Histogram({
      name: 'kontor_storefront_event_seconds',
      help: 'Time from an event of a known shop to its answer, by type and what became of it',
      labelNames: ['type', 'outcome'],
      buckets: [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers,
    }),
    pushSeconds: new Histogram({
      name: 'kontor_push_seconds',
      help: 'Time a shop took to answer a pushed change, by what became of it',
      labelNames: ['outcome'],
      buckets: [0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    feedPosition: new Gauge({
      name: 'kontor_feed_position',
      help: 'How far this node has read the feed',
      registers,
    }),
  }
}
export type Metrics = ReturnType<typeof createMetrics>
