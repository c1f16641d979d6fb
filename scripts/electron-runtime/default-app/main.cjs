'use strict'

/**
 * What Electron runs when it is started with a path (`electron . --switch`). The official
 * distribution carries such an application; a runtime taken out of a packaged program does not.
 *
 * Understands `-r module` (as often as wanted, loaded before the application), skips switches
 * and takes the first other argument as the application's folder or script.
 */
const { app } = require('electron')
const { existsSync, readFileSync, statSync } = require('node:fs')
const { Module } = require('node:module')
const { join, resolve } = require('node:path')

/** @param {readonly string[]} args */
function readArguments(args) {
  const preloads = []
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]
    if (arg === '-r' || arg === '--require') preloads.push(args[++i])
    else if (!arg.startsWith('-')) return { preloads, path: arg }
  }
  return { preloads, path: undefined }
}

/** @param {string} path */
function run(path) {
  Object.defineProperty(process, 'defaultApp', { enumerable: true, value: true })
  const target = resolve(path)
  const manifest = join(target, 'package.json')
  if (statSync(target).isDirectory() && existsSync(manifest)) {
    const { name, productName, version } = JSON.parse(readFileSync(manifest, 'utf8'))
    if (version) app.setVersion(version)
    if (productName || name) app.setName(productName || name)
    app.setAppPath(target)
  }
  Module._load(target, Module, true)
}

const { preloads, path } = readArguments(process.argv.slice(1))
if (path === undefined) {
  process.stderr.write('Usage: electron [-r module] [switches] path [arguments]\n')
  app.exit(2)
} else {
  try {
    for (const preload of preloads) require(resolve(preload))
    run(path)
  } catch (error) {
    // Electron would show a dialog box and wait for a click.
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    app.exit(1)
  }
}
