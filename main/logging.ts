import { join } from 'node:path'

import { app } from 'electron'
import log from 'electron-log/main'

import { redact } from './redaction'

/** Logs to `logs/main.log` in the user-data folder, with secrets hidden; faults end up there as well. */
export function setupLogging(): void {
  log.transports.file.resolvePathFn = () => join(app.getPath('userData'), 'logs', 'main.log')
  log.transports.file.maxSize = 5_000_000
  log.transports.console.level = app.isPackaged ? 'warn' : 'info'
  log.hooks.push((message) => ({ ...message, data: message.data.map(redact) }))
  process.on('unhandledRejection', (reason) => log.error('Unhandled rejection:', reason))
  process.on('uncaughtException', (error) => log.error('Uncaught exception:', error))
  log.info(`Kontor ${app.getVersion()} on Electron ${process.versions.electron}`)
}
