/** HTML that is safe to send: what was put into it has been escaped. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  toString(): string {
    return this.text
  }
}

type Part = string | number | Markup | null | false | readonly Part[]

/**
 * HTML as a template. Whatever stands in it, between tags or in a quoted attribute, is escaped, unless
 * it is markup itself; `null` and `false` are nothing.
 */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(String.raw({ raw: texts }, ...parts.map(written)))
}

function written(part: Part): string {
  if (part === null || part === false) return ''
  if (part instanceof Markup) return part.text
  if (typeof part === 'object') return part.map(written).join('')
  return escaped(String(part))
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)
}

/** A text of ours whose short numbers with a hyphen, such as `K-20418`, are not broken there. */
export function unbroken(text: string): Markup {
  return new Markup(
    escaped(text).replace(
      /(?<![\p{L}\d-])[\p{L}\d]{1,8}-\d{1,12}(?![\p{L}\d-])/gu,
      '<span style="white-space:nowrap">$&</span>',
    ),
  )
}

/** A text that a person typed, with its lines as they broke them. */
export function typed(text: string): Markup {
  return new Markup(escaped(text).replace(/\r\n|\r|\n/g, '<br>'))
}
