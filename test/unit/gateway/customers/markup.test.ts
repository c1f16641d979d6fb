import { expect, test } from 'vitest'
import { html, typed, unbroken } from '../../../../gateway/customers/markup'

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

test('a number of ours stays on one line; what is longer, or is no number, is broken as it was', () => {
  const whole = (number: string) => `<span style="white-space:nowrap">${number}</span>`
  expect(unbroken('Order O-100002, K-20418 & B2B-handel').text).toBe(
    `Order ${whole('O-100002')}, ${whole('K-20418')} &amp; B2B-handel`,
  )
  const long = '2026-11-23-0123456789012345'
  expect(unbroken(`${long} ${evil}`).text).toBe(`${long} ${tame}`)
})
