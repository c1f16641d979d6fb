import { ChevronsUpDown } from 'lucide-react'
import { useMemo } from 'react'
import {
  Button,
  ComboBox,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
} from 'react-aria-components'
import type { Article } from '../../../domain/article'
import type { Replica } from '../../state/replica'
import { queryWords } from '../../../language/folding'
import { articleText } from '../../state/requisition-search'
import { useDesk, useReplica, useTexts } from '../../desk-hooks'
import fieldCss from '../../ui/field.module.css'
import menuCss from '../../ui/menu.module.css'
import css from './article-picker.module.css'

/** As many as are offered at a time; among thousands, more help nobody. */
const MOST = 20

/** Chooses an article by its number or name. */
export function ArticlePicker({
  id,
  articleId,
  text,
  label,
  onChange,
}: {
  readonly id: string
  readonly articleId: string | null
  /** What stands in the field. */
  readonly text: string
  /** What it is called; as for a price where nothing is said. */
  readonly label?: string
  readonly onChange: (choice: {
    readonly articleId: string | null
    readonly articleText: string
  }) => void
}) {
  const { replica } = useDesk()
  const { t, language, formats } = useTexts()
  const chosen = useReplica(() =>
    articleId === null ? undefined : replica.get('article', articleId),
  )
  const revision = useReplica(() => replica.store.getState().revision)
  const isChosen = chosen !== undefined && text === labelOf(chosen, language)
  const found = useMemo(
    // Looked for anew as articles come and go.
    () =>
      revision >= 0 ? findArticles(replica, isChosen ? '' : text) : { articles: [], count: 0 },
    [replica, revision, isChosen, text],
  )
  // What is chosen must be among the items, or the field would be emptied when it is left.
  const items =
    chosen && !found.articles.includes(chosen) ? [chosen, ...found.articles] : found.articles
  return (
    <div id={id} className={css.place}>
      <ComboBox
        className={css.picker ?? ''}
        items={items}
        inputValue={text}
        onInputChange={(articleText) => onChange({ articleId, articleText })}
        value={articleId}
        onChange={(key) => {
          const article = key === null ? undefined : replica.get('article', String(key))
          onChange({
            articleId: article?.id ?? null,
            articleText: article ? labelOf(article, language) : '',
          })
        }}
        allowsEmptyCollection
        menuTrigger="input"
      >
        <Label className={fieldCss.label ?? ''}>{label ?? t('priceCheck.article')}</Label>
        <div className={css.field}>
          <Input
            className={fieldCss.input ?? ''}
            placeholder={t('priceCheck.articlePlaceholder')}
            spellCheck="false"
          />
          <Button className={css.open ?? ''}>
            <ChevronsUpDown size={16} aria-hidden="true" />
          </Button>
        </div>
        <FieldError className={fieldCss.error ?? ''} />
        <Popover className={menuCss.popover ?? ''}>
          <ListBox<Article>
            className={css.list ?? ''}
            renderEmptyState={() => <p className={css.none}>{t('priceCheck.noArticle')}</p>}
          >
            {(article) => (
              <ListBoxItem
                id={article.id}
                textValue={labelOf(article, language)}
                className={css.item ?? ''}
              >
                <span>{article.name[language]}</span>{' '}
                <span className={css.number}>{article.id}</span>
              </ListBoxItem>
            )}
          </ListBox>
          {found.count > MOST && (
            <p className={css.more}>
              {t('priceCheck.moreArticles', { count: formats.integer(found.count) })}
            </p>
          )}
        </Popover>
      </ComboBox>
    </div>
  )
}

/** How a chosen article stands in the field. */
export function labelOf({ id, name }: Article, language: 'sv' | 'en'): string {
  return `${id} ${name[language]}`
}

/** The first of the articles that hold every word, those whose number begins so first. */
export function findArticles(
  replica: Replica,
  query: string,
): { readonly articles: readonly Article[]; readonly count: number } {
  const words = queryWords(query)
  const starting: Article[] = []
  const others: Article[] = []
  let count = 0
  for (const article of replica.all('article').values()) {
    const text = articleText(article)
    if (!words.every((word) => text.includes(word))) continue
    count += 1
    if (words[0] !== undefined && text.startsWith(words[0])) starting.push(article)
    else if (others.length < MOST) others.push(article)
  }
  return { articles: [...starting.slice(0, MOST), ...others].slice(0, MOST), count }
}
