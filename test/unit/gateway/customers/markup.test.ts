import { expect, test } from 'vitest'
import { html, typed } from '../../../../gateway/customers/markup'

const evil = `<script>alert("1")</script>&'`
const tame = '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;'

test('what is put in is text, between tags and in attributes', () => {
  expect(html`<p title="${evil}">${evil}</p>`.text).toBe(`<p title="${tame}">${tame}</p>`)
})

test('markup stays markup, in lists as well; nothing is nothing', () => {
  const rows = [html`<li>${evil}</li>`, html`<li>2</li>`]
  expect(html`${rows}${null}${false}${0}`.text).toBe(`<li>${tame}</li><li>2</li>0`)
})

test('backslashes and dollar signs are what they are', () => {
  expect(html`<p>${'$& \\n $1'}</p>`.text).toBe('<p>$&amp; \\n $1</p>')
})

test('lines that a person broke stay broken, and nothing else of theirs is markup', () => {
  expect(typed(`a\r\nb\n${evil}`).text).toBe(`a<br>b<br>${tame}`)
})
