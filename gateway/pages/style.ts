import { createHash } from 'node:crypto'

/**
 * The style of the customers' pages: one sheet within the page, since a page may load nothing. Colours are
 * written so that phones of many years read them.
 */
export const sheet = `
:root {
  color-scheme: light dark;
  --ground: #f4f5f7; --panel: #ffffff; --sunken: #f4f5f7; --text: #1b2026; --muted: #55606c;
  --hairline: #e1e4e9; --outline: #7c8793; --accent: #1d5fb0; --on-accent: #ffffff;
  --good: #1c6e43; --asking: #8a5300; --bad: #b3261e; --on-bad: #ffffff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171b; --panel: #1d2126; --sunken: #14171b; --text: #e8eaee; --muted: #aab3bd;
    --hairline: #343a42; --outline: #7f8a96; --accent: #7fb4f5; --on-accent: #0d1b2d;
    --good: #79cf9f; --asking: #eeb765; --bad: #ff9b90; --on-bad: #2b0905;
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; min-height: 100vh; padding: 0 16px 40px; background: var(--ground); color: var(--text);
  font: 400 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
  overflow-wrap: anywhere;
}
header, main, footer { max-width: 720px; margin: 0 auto; }
header { padding: 24px 4px 14px; font-weight: 600; color: var(--muted); }
main { padding: 32px; background: var(--panel); border: 1px solid var(--hairline); border-radius: 12px; }
footer { padding: 14px 4px 0; font-size: 14px; color: var(--muted); }
h1, h2, p, dl, dd, figure, blockquote { margin: 0; }
h1 { font-size: 26px; line-height: 1.25; font-weight: 650; letter-spacing: -0.01em; text-wrap: balance; }
h2 { font-size: 17px; line-height: 1.35; font-weight: 600; }
main > * + * { margin-top: 28px; }
h1 + p { margin-top: 12px; color: var(--muted); }
.standing { padding-left: 16px; border-left: 3px solid var(--muted); }
h1 + .standing { margin-top: 20px; }
.standing p { margin-top: 4px; color: var(--muted); }
.standing.good { border-color: var(--good); }
.standing.asking { border-color: var(--asking); }
.standing.bad { border-color: var(--bad); }
.standing.good h2 { color: var(--good); }
.standing.asking h2 { color: var(--asking); }
.standing.bad h2 { color: var(--bad); }
figure { margin-top: 16px; }
blockquote { padding: 14px 16px; background: var(--sunken); border-radius: 8px; max-height: 60vh; overflow: auto; }
figcaption { margin-top: 6px; font-size: 14px; color: var(--muted); }
.notice { padding: 12px 16px; border: 1px solid var(--asking); border-radius: 8px; }
table { width: 100%; margin-top: 10px; border-collapse: collapse; font-size: 15px; line-height: 1.45; }
th { padding: 6px 0; font-size: 14px; font-weight: 400; text-align: left; color: var(--muted); }
td { padding: 11px 0; border-top: 1px solid var(--hairline); vertical-align: top; }
.figure { padding-left: 20px; text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.name, .note { display: block; }
.name { font-weight: 550; }
.note { font-size: 14px; color: var(--muted); }
.narrow { display: none; }
.totals { padding-top: 12px; border-top: 1px solid var(--hairline); }
.totals div { display: flex; justify-content: flex-end; gap: 20px; padding: 2px 0; color: var(--muted); }
.totals dd { min-width: 8.5em; text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.totals div:last-child { color: var(--text); font-weight: 600; }
.files { margin: 6px 0 0; padding: 0; list-style: none; }
.files li { padding-bottom: 10px; border-top: 1px solid var(--hairline); }
.files li:first-child { border-top: 0; }
.files a { display: inline-block; padding: 10px 8px 0 0; }
.files .note { display: inline-block; }
a { color: var(--accent); text-underline-offset: 3px; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(200px, 1fr)); gap: 16px 28px; padding-top: 24px; border-top: 1px solid var(--hairline); }
.facts dt { font-size: 14px; color: var(--muted); }
.button {
  display: inline-block; min-height: 44px; padding: 9px 18px; border: 1px solid transparent; border-radius: 8px;
  font: inherit; font-weight: 600; cursor: pointer; background: var(--accent); color: var(--on-accent);
}
.button.quiet { background: transparent; border-color: var(--outline); color: var(--text); }
.button.danger { background: var(--bad); color: var(--on-bad); }
.button:hover { filter: brightness(0.96); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
summary { list-style: none; }
summary::-webkit-details-marker { display: none; }
details[open] > summary { margin-bottom: 16px; }
form { display: grid; gap: 10px; justify-items: start; max-width: 520px; }
form p, .action > p { color: var(--muted); }
.action > p { margin-top: 4px; }
.action > p + form { margin-top: 14px; }
label { font-weight: 550; }
textarea {
  width: 100%; padding: 10px 12px; border: 1px solid var(--outline); border-radius: 8px;
  font: inherit; background: var(--panel); color: var(--text); resize: vertical;
}
textarea[aria-invalid] { border-color: var(--bad); }
form .complaint { color: var(--bad); }
@media (max-width: 560px) {
  body { padding: 0 0 32px; background: var(--panel); }
  header { padding: 18px 20px 10px; border-bottom: 1px solid var(--hairline); }
  main { padding: 24px 20px; border: 0; border-radius: 0; }
  footer { padding: 16px 20px 0; border-top: 1px solid var(--hairline); }
  h1 { font-size: 23px; }
  .wide { display: none; }
  .narrow { display: block; }
}
@media (prefers-contrast: more) {
  :root { --muted: var(--text); --hairline: var(--outline); }
}
@media (forced-colors: active) {
  .button { border-color: ButtonText; }
}
@media print {
  body { background: none; }
  main { border: 0; padding: 0; }
  .action { display: none; }
}
`

/** What a browser may do with a page: show it with this sheet, and send its form back to where it came from. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(sheet).digest('base64')}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')
