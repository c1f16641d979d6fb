import { useTexts } from '../../desk-hooks'
import { About } from './about'
import { Account } from './account'
import { AuditExport } from './audit-export'
import { Appearance } from './appearance'
import { Deadlines } from './deadlines'
import { Keyboard } from './keyboard'
import { RoleNotice } from './role-notice'
import { Recovered } from './recovered'
import { StandIns } from './stand-ins'
import css from './settings-view.module.css'
import { Banner } from '../../ui/banner'
import { useSettings } from './use-settings'

/** What a person decides for themselves on this computer, and what there is to know of Kontor. */
export function SettingsView() {
  const { t } = useTexts()
  const inUse = useSettings()
  return (
    <div
      className={css.scroller}
      data-scroller=""
      role="region"
      tabIndex={0}
      aria-label={t('settings.title')}
    >
      <div className={css.column}>
        <header>
          <h1 className={css.title}>{t('settings.title')}</h1>
          <p className={css.here}>{t('settings.here')}</p>
        </header>
        {inUse.failure !== null && (
          <Banner meaning="danger" isAlert>
            {t('settings.failed', { reference: inUse.failure })}
          </Banner>
        )}
        <RoleNotice />
        <Appearance inUse={inUse} />
        <Keyboard inUse={inUse} />
        <Account />
        <StandIns />
        <Deadlines />
        <AuditExport />
        <About />
        <Recovered />
      </div>
    </div>
  )
}
