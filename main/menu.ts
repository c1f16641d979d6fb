import { Menu, app } from 'electron'
import type { MenuItemConstructorOptions } from 'electron'

import { catalogue, type Language, type MessageKey } from '../language/catalogue'

/**
 * The menu bar in the window's language. What Kontor does is done by the window's own actions, under
 * their ids; their keys belong to the action registry and are not taken here.
 */
export function setupMenu(language: Language, runAction: (id: string) => void): void {
  const t = (key: MessageKey) => catalogue[language][key]
  const action = (id: string, key: MessageKey): MenuItemConstructorOptions => ({
    label: t(key),
    click: () => runAction(id),
  })
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const template: MenuItemConstructorOptions[] = [
    {
      label: 'Kontor',
      submenu: [
        action('signOut', 'action.signOut'),
        separator,
        { role: 'quit', label: t('menu.quit') },
      ],
    },
    {
      label: t('menu.edit'),
      submenu: [
        { role: 'undo', label: t('menu.undo') },
        { role: 'redo', label: t('menu.redo') },
        separator,
        { role: 'cut', label: t('menu.cut') },
        { role: 'copy', label: t('menu.copy') },
        { role: 'paste', label: t('menu.paste') },
        { role: 'selectAll', label: t('menu.selectAll') },
      ],
    },
    {
      label: t('menu.view'),
      submenu: [
        action('go.inbox', 'action.go.inbox'),
        action('outbox', 'action.outbox'),
        separator,
        { role: 'resetZoom', label: t('menu.actualSize') },
        { role: 'zoomIn', label: t('menu.zoomIn') },
        { role: 'zoomOut', label: t('menu.zoomOut') },
        { role: 'togglefullscreen', label: t('menu.fullScreen') },
        ...(app.isPackaged ? [] : [separator, { role: 'toggleDevTools' } as const]),
      ],
    },
    {
      label: t('menu.help'),
      submenu: [
        action('shortcuts', 'action.shortcuts'),
        action('retryConnection', 'action.retryConnection'),
      ],
    },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
