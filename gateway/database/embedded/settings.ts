/**
 * How the embedded server is set: safe first, then small. Given on the command line, so that they
 * hold over anything in the cluster's own files and a new version of ours can change them.
 */
export function serverFlags(port: number, extraFlags: readonly string[]): readonly string[] {
  const settings: Readonly<Record<string, string>> = {
    // Reached from this machine only, by password only (see the cluster's pg_hba.conf).
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',

    // What has been acknowledged is on the disk. Turning any of these off loses orders.
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',

    // A desktop with one gateway: little memory, few processes, nobody to replicate to.
    max_connections: '50',
    shared_buffers: '32MB',
    min_wal_size: '32MB',
    max_wal_size: '128MB',
    max_wal_senders: '0',
    max_replication_slots: '0',
    max_logical_replication_workers: '0',
    max_parallel_workers_per_gather: '0',
    io_method: 'sync',
    jit: 'off',

    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    default_text_search_config: 'pg_catalog.simple',

    // To stderr, which we read; no time, our log has its own.
    log_destination: 'stderr',
    logging_collector: 'off',
    log_line_prefix: '',
    log_checkpoints: 'off',
    // Neither statements nor rows nor what was handed over with them.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
  }
  return [
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ...extraFlags,
  ]
}

/** The line by which the server says that it takes connections; its words are fixed by `lc_messages`. */
export const readyLine = 'database system is ready to accept connections'

/** Said when another program took the port between our choosing it and the server's using it. */
export const portTakenLine = 'could not create any TCP/IP sockets'

/** Said while the last processes of a server that was killed are still on their way out. */
export const lingeringLine = 'pre-existing shared memory block'
