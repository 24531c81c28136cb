// <text-room channel="x" most="280"><small data-said="{} of 280">…</small><textarea></textarea><p data-said="…{}…" hidden></p></text-room>
// How long a text is while it is written, counted as its channel counts. The server counts the same way in texts.py.
const ADDRESS = /https?:\/\/[^\s\u3000-\u303f\uff00-\uffef\u4e00-\u9fff]+/gu
const CLUSTER = new RegExp(
  "[\\u{1f1e6}-\\u{1f1ff}]{2}|.(?:[\\u0300-\\u036f\\ufe0e\\ufe0f\\u20e3\\u{1f3fb}-\\u{1f3ff}\\u{e0020}-\\u{e007f}]|\\u200d.)*",
  "gsu")
const LIGHT = [[0, 4351], [8192, 8205], [8208, 8223], [8242, 8247]]
const signs = text => [...text]
const code = sign => sign.codePointAt(0)
const sum = numbers => numbers.reduce((one, other) => one + other, 0)
const clusters = text => text.match(CLUSTER) ?? []

const asX = text => {
  text = text.normalize("NFC")
  const weight = sign => LIGHT.some(([low, high]) => low <= code(sign) && code(sign) <= high) ? 1 : 2
  return 23 * (text.match(ADDRESS) ?? []).length + sum(clusters(text.replace(ADDRESS, "")).map(cluster =>
    signs(cluster).length > 1 && signs(cluster).some(sign => code(sign) > 0x2190)
      ? 2 : sum(signs(cluster).map(weight))))
}

const asThreads = text => sum(clusters(text).map(cluster =>
  signs(cluster).some(sign => /\p{So}/u.test(sign) && code(sign) > 0x2190)
    ? new TextEncoder().encode(cluster).length : signs(cluster).length))

const WAYS = { x: asX, threads: asThreads }

customElements.define("text-room", class extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("textarea")
    this.field.addEventListener("input", () => this.count())
  }

  count() {
    const long = (WAYS[this.getAttribute("channel")] ?? (text => signs(text).length))(this.field.value)
    const isOver = this.hasAttribute("most") && long > Number(this.getAttribute("most"))
    for (const said of this.querySelectorAll("[data-said]")) said.textContent = said.dataset.said.replace("{}", long)
    this.querySelector("small").classList.toggle("desk-over", isOver)
    const warning = this.querySelector("p[data-said]")
    if (warning) warning.hidden = !isOver
  }
})
