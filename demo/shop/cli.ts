import { demoDataFolder, demoDataFolders } from '../data-folder'
import { runShop } from './run'

process.exitCode = await runShop(process.argv.slice(2), {
  folder: demoDataFolder(),
  demos: demoDataFolders(),
  now: () => new Date(),
  print: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
})
