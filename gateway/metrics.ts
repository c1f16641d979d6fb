import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { standardError } from './log-destination'

/** What figures are taken of at the moment they are asked for. */
export interface Measured {
  /** Connections to the database, by what they are for. */
  readonly pools: Readonly<
    Record<
      string,
      { readonly totalCount: number; readonly idleCount: number; readonly waitingCount: number }
    >
  >
  /** Whether this node has the feed in sight and wants work. */
  readonly isReady: () => boolean
}

/** The gateway's own figures, for `GET /metrics`. One registry a gateway, so that tests run several. */
export function createMetrics({ pools, isReady }: Measured) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'kontor_' })
  const registers = [registry]
  let unsealedSince: Date | null = null
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
    querySeconds: new Histogram({
      name: 'kontor_query_seconds',
      help: 'Time from a question of a console to its answer',
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
    mails: new Counter({
      name: 'kontor_mails_total',
      help: 'Mails to customers, by kind and what became of them: sent, postponed, failed, skipped',
      labelNames: ['kind', 'outcome'],
      registers,
    }),
    mailsQueued: new Gauge({
      name: 'kontor_mails_queued',
      help: 'Mails to customers that wait to be sent, when this node last looked',
      registers,
    }),
    mailServerFails: new Gauge({
      name: 'kontor_mail_server_fails',
      help: '1 while the mail server takes no mail of this node',
      registers,
    }),
    feedPosition: new Gauge({
      name: 'kontor_feed_position',
      help: 'How far this node has read the feed',
      registers,
    }),
    ready: new Gauge({
      name: 'kontor_ready',
      help: 'Whether this node has the feed in sight and is not about to end',
      registers,
      collect() {
        this.set(isReady() ? 1 : 0)
      },
    }),
    databaseConnections: new Gauge({
      name: 'kontor_database_connections',
      help: 'Connections to the database, by what they are for and whether they are at work',
      labelNames: ['pool', 'state'],
      registers,
      collect() {
        for (const [pool, { totalCount, idleCount }] of Object.entries(pools)) {
          this.set({ pool, state: 'busy' }, totalCount - idleCount)
          this.set({ pool, state: 'idle' }, idleCount)
        }
      },
    }),
    databaseWaiting: new Gauge({
      name: 'kontor_database_waiting',
      help: 'What waits for a connection to the database to be free',
      labelNames: ['pool'],
      registers,
      collect() {
        for (const [pool, { waitingCount }] of Object.entries(pools))
          this.set({ pool }, waitingCount)
      },
    }),
    auditSealedEntries: new Gauge({
      name: 'kontor_audit_sealed_entries',
      help: 'Entries of the audit that a seal covers',
      registers,
    }),
    auditSealLag: new Gauge({
      name: 'kontor_audit_seal_lag_seconds',
      help: 'Age of the oldest entry of the audit that no seal covers yet; 0 when all are sealed',
      registers,
      // It grows for as long as nobody says otherwise: whatever keeps the sealing from its work shows.
      collect() {
        this.set(
          unsealedSince === null ? 0 : Math.max(0, Date.now() - unsealedSince.getTime()) / 1_000,
        )
      },
    }),
    /** When the oldest entry that no seal covers was written; null when all are sealed. */
    noteUnsealedSince(since: Date | null) {
      unsealedSince = since
    },
    auditAnchorFails: new Gauge({
      name: 'kontor_audit_anchor_fails',
      help: '1 while the latest seal cannot be written to the anchor of this node, or does not fit it',
      registers,
    }),
    logFailures: new Counter({
      name: 'kontor_log_failures_total',
      help: 'Log lines of this process that could not be written',
      registers,
      collect() {
        this.reset()
        this.inc(standardError.failures())
      },
    }),
    jobFailures: new Counter({
      name: 'kontor_job_failures_total',
      help: 'Jobs of this node that failed, by job',
      labelNames: ['job'],
      registers,
    }),
    newestBackup: new Gauge({
      name: 'kontor_newest_backup_seconds',
      help: 'The latest moment of which there is an automatic backup, in seconds since 1970; 0 where there is none',
      registers,
    }),
    certificateValidTo: new Gauge({
      name: 'kontor_certificate_valid_to_seconds',
      help: 'When the certificate ends to be valid, in seconds since 1970; 0 where the gateway has none',
      registers,
    }),
  }
}
export type Metrics = ReturnType<typeof createMetrics>
