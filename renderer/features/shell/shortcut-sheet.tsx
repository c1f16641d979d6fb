import type { Action } from '../../actions/action'
import { actions } from '../../actions/registry'
import { isSingleKey } from '../../actions/keys'
import { screens } from '../../screens'
import { useConsole, useDesk, useNavigation, useTexts } from '../../desk-hooks'
import { Dialog } from '../../ui/dialog'
import { KeyHint } from '../../ui/key-hint'
import css from './shortcut-sheet.module.css'

const groups: readonly Action['group'][] = ['decide', 'list', 'go', 'application']

/** Every key and what it does, from the registry. */
export function ShortcutSheet() {
  const { navigation } = useDesk()
  const { t } = useTexts()
  const isOpen = useNavigation(({ overlay }) => overlay === 'shortcuts')
  return (
    <Dialog
      title={t('shortcuts.title')}
      isOpen={isOpen}
      width="wide"
      onClose={() => navigation.show(null)}
    >
      <Sheet />
    </Dialog>
  )
}

function Sheet() {
  const desk = useDesk()
  const { t } = useTexts()
  const here = useNavigation(({ screen }) => screen)
  const singleKeys = useConsole(({ settings }) => settings?.singleKeys ?? true)
  // On another screen the same key does something else, so only those of this one are shown.
  const idsOf = (belongs: (screen: string) => boolean) =>
    new Set(
      screens.filter(({ id }) => belongs(id)).flatMap((one) => one.actions.map(({ id }) => id)),
    )
  const own = idsOf((id) => id === here)
  const elsewhere = idsOf((id) => id !== here)
  const withKeys = actions.filter(
    (action) =>
      action.keys &&
      action.keys.length > 0 &&
      (own.has(action.id) || (!elsewhere.has(action.id) && action.when(desk).kind !== 'hidden')),
  )
  return (
    <>
      {!singleKeys && <p className={css.off}>{t('shortcuts.singleKeysOff')}</p>}
      <div className={css.groups} role="region" aria-label={t('shortcuts.title')} tabIndex={0}>
        {groups.map((group) => (
          <section key={group} className={css.group}>
            <h3>{t(`actions.group.${group}`)}</h3>
            <dl>
              {withKeys
                .filter((action) => action.group === group)
                .map((action) => (
                  <div key={action.id} className={css.action}>
                    <dt>{t(action.title)}</dt>
                    <dd>
                      {action.keys
                        ?.filter((keys) => singleKeys || !isSingleKey(keys))
                        .map((keys) => (
                          <KeyHint key={keys} keys={keys} />
                        ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </>
  )
}
