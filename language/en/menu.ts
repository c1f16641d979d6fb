import type { menu as original } from '../sv/menu'
import type { Translation } from '../translation'

export const menu: Translation<typeof original> = {
  'menu.quit': 'Quit Kontor',
  'menu.edit': 'Edit',
  'menu.undo': 'Undo',
  'menu.redo': 'Redo',
  'menu.cut': 'Cut',
  'menu.copy': 'Copy',
  'menu.paste': 'Paste',
  'menu.selectAll': 'Select all',
  'menu.view': 'View',
  'menu.actualSize': 'Actual size',
  'menu.zoomIn': 'Larger',
  'menu.zoomOut': 'Smaller',
  'menu.fullScreen': 'Full screen',
  'menu.help': 'Help',
}
