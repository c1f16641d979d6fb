import { useMemo, useState } from 'react'
import {
  Autocomplete,
  Collection,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  TextField,
} from 'react-aria-components'
import { useDesk, useNavigation, useReplica, useTexts } from '../../desk-hooks'
import { classes } from '../../ui/class-names'
import { Dialog } from '../../ui/dialog'
import { KeyHint } from '../../ui/key-hint'
import { find } from './palette-search'
import type { Found } from './palette-search'
import css from './palette.module.css'

/** Search over everything that can be done and gone to. Opens at once, and Esc gives the focus back. */
export function Palette() {
  const { navigation } = useDesk()
  const { t } = useTexts()
  const isOpen = useNavigation(({ overlay }) => overlay === 'palette')
  return (
    <Dialog
      title={t('palette.title')}
      isTitleShown={false}
      isOpen={isOpen}
      onClose={() => navigation.show(null)}
    >
      <PaletteSearch onDone={() => navigation.show(null)} />
    </Dialog>
  )
}

function PaletteSearch({ onDone }: { readonly onDone: () => void }) {
  const desk = useDesk()
  const { t } = useTexts()
  const [query, setQuery] = useState('')
  // What is searched by may come while somebody searches.
  const revision = useReplica(({ replica }) => replica.store.getState().revision)
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the revision stands for what is found in
  const groups = useMemo(() => find(desk, query), [desk, query, revision])
  const all = new Map(groups.flatMap(({ found }) => found.map((one) => [one.id, one] as const)))
  return (
    <Autocomplete inputValue={query} onInputChange={setQuery}>
      <TextField aria-label={t('palette.title')} autoFocus className={css.field ?? ''}>
        <Input
          className={css.input ?? ''}
          placeholder={t('palette.placeholder')}
          spellCheck="false"
        />
      </TextField>
      <Menu
        className={css.list ?? ''}
        aria-label={t('palette.title')}
        // Enter has something to do from the start, and shows what.
        autoFocus="first"
        items={groups}
        renderEmptyState={() => <p className={css.empty}>{t('palette.empty', { query })}</p>}
        onAction={(key) => {
          onDone()
          all.get(String(key))?.run()
        }}
      >
        {(group) => (
          <MenuSection id={group.id}>
            <Header className={css.heading ?? ''}>{t(group.title)}</Header>
            <Collection items={group.found}>{(found) => <PaletteItem found={found} />}</Collection>
          </MenuSection>
        )}
      </Menu>
    </Autocomplete>
  )
}

function PaletteItem({ found }: { readonly found: Found }) {
  const { icon: Icon, title, detail, isDisabled = false, keys } = found
  return (
    <MenuItem
      id={found.id}
      textValue={title}
      className={classes(css.item, isDisabled && css.disabled)}
    >
      <Icon size={16} aria-hidden="true" />
      <span className={css.title}>{title}</span>
      {detail && <span className={css.detail}>{detail}</span>}
      {keys && <KeyHint keys={keys} />}
    </MenuItem>
  )
}
