// What is pasted from elsewhere, made into what a post may hold: lists as Word writes them, little pictures as Facebook
// writes them, and Markdown.
const TAG = /<[a-z][^>]*>/gi
// Styles and handlers would never take effect, and the policy of the page would complain of each: they are given other names.
const harmless = html => html.replace(TAG, tag => tag.replace(/\sstyle\s*=/gi, " data-style=").replace(/\son[a-z]+\s*=/gi, " data-off="))
const parse = html => new DOMParser().parseFromString(harmless(html), "text/html")
const styled = element => element.dataset.style ?? ""

export const pasting = {
  transformPastedHTML(html) {
    const page = parse(html)
    for (const each of page.querySelectorAll("style, script, title, meta, link, template, o\\:p")) each.remove()
    for (const picture of page.querySelectorAll("img[alt]:not([data-picture])")) picture.replaceWith(picture.alt.length <= 8 ? picture.alt : "")
    for (const bold of page.querySelectorAll("b")) if (/font-weight:\s*normal/i.test(styled(bold))) bold.replaceWith(...bold.childNodes)
    for (const span of page.querySelectorAll("span")) dress(span, page)
    lists(page)
    for (const head of page.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
      const line = page.createElement("p"), strong = page.createElement("strong")
      strong.append(...head.childNodes)
      line.append(strong)
      head.replaceWith(line)
    }
    return page.body.innerHTML
  },

  handlePaste(view, event) {
    const words = event.clipboardData?.getData("text/plain") ?? ""
    if (event.clipboardData?.getData("text/html") || !isMarkdown(words)) return false
    view.pasteHTML(fromMarkdown(words).innerHTML)
    return true
  },
}

// Google and Word say bold and italic by style.
function dress(span, page) {
  const style = styled(span)
  let inside = span
  for (const [is, tag] of [[/font-weight:\s*(bold|[6-9]00)/i.test(style), "strong"], [/font-style:\s*italic/i.test(style), "em"]]) {
    if (!is) continue
    const mark = page.createElement(tag)
    mark.append(...inside.childNodes)
    inside.append(mark)
    inside = mark
  }
}

// Word's lists are paragraphs with a bullet typed before them, which it hides in a comment or a span of its own.
function lists(page) {
  for (const line of page.querySelectorAll("p[class*=MsoListParagraph], p[data-style*='mso-list']")) {
    const bullet = line.querySelector("span[data-style*='mso-list']")
    const sign = (bullet ?? line).textContent.trim()
    bullet?.remove()
    const isNumbered = /^[\d一二三四五六七八九十a-z]{1,3}[.、)）]/i.test(sign)
    if (!bullet) line.textContent = line.textContent.replace(/^\s*([·•o§\-*]|[\d一二三四五六七八九十]{1,3}[.、)）])\s*/, "")
    const tag = isNumbered ? "OL" : "UL"
    const before = line.previousElementSibling
    const list = before?.tagName === tag && before.dataset.word ? before : page.createElement(tag)
    if (list !== before) line.before(list)
    list.dataset.word = "1"
    const item = page.createElement("li")
    item.append(line)
    list.append(item)
  }
}

const LINE = /^(#{1,6} |[-*+] |\d{1,3}[.)] |> ?)/
const isMarkdown = words => /(^|\n)([-*+] |\d{1,3}\. |> |#{1,6} )|\*\*[^*\n]+\*\*|\[[^\]\n]+\]\(https?:/.test(words)
const INLINE = /\*\*([^*\n]+)\*\*|__([^_\n]+)__|\*([^*\s][^*\n]*)\*|\[([^\]\n]+)\]\((https?:[^\s)]+)\)/g

function fromMarkdown(words) {
  const body = document.implementation.createHTMLDocument().body
  const make = (tag, into) => into.appendChild(body.ownerDocument.createElement(tag))
  let place = null // the list or quote that is being written
  for (const line of words.replace(/\r\n?/g, "\n").split("\n")) {
    const sign = LINE.exec(line)?.[1] ?? "", text = line.slice(sign.length)
    const kind = /^[-*+] /.test(sign) ? "UL" : /^\d/.test(sign) ? "OL" : sign.startsWith(">") ? "BLOCKQUOTE" : ""
    if (!line.trim()) { place = null; continue }
    if (!kind) place = null
    else if (place?.tagName !== kind) place = make(kind, body)
    const block = kind === "UL" || kind === "OL" ? make("p", make("li", place)) : make("p", place ?? body)
    inline(text, sign.startsWith("#") ? make("strong", block) : block, make)
  }
  return body
}

function inline(text, into, make) {
  let at = 0
  for (const found of text.matchAll(INLINE)) {
    into.append(text.slice(at, found.index))
    const [, strong, strongToo, em, name, href] = found
    const mark = make(href ? "a" : em ? "em" : "strong", into)
    if (href) mark.setAttribute("href", href)
    mark.textContent = strong ?? strongToo ?? em ?? name
    at = found.index + found[0].length
  }
  into.append(text.slice(at))
}
