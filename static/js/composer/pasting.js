// What is pasted from elsewhere, made into what a post may hold: lists as Word writes them, little pictures as Facebook
// writes them, and Markdown.
const TAG = /<[a-z][^>]*>/gi
// Styles and handlers would never take effect, and the policy of the page would complain of each: they are given other names.
const STYLE = /<style[\s\S]*?(?:<\/style\s*>|$)/gi
const harmless = html => html.replace(STYLE, "").replace(TAG, tag => tag.replace(/\sstyle\s*=/gi, " data-style=").replace(/\son[a-z]+\s*=/gi, " data-off="))
const parse = html => new DOMParser().parseFromString(harmless(html), "text/html")
const styled = element => element.dataset.style ?? ""
// Several times what a post may hold; and as many parts as no letter has that a person wrote.
const FAR_TOO_LONG = 100_000, TOO_MANY_TAGS = 8_000
// Whose links lead over their own counter, and what they hang on others.
const COUNTERS = /^(lm?|www)\.(facebook|instagram)\.com$/
const HANGINGS = ["fbclid", "igsh", "igshid", "mibextid", "__cft__[0]", "__tn__", "__eep__"]

export const pasting = tooLong => ({
  transformPastedHTML(html) {
    const page = parse(html)
    for (const each of page.querySelectorAll("style, script, title, meta, link, template, o\\:p")) each.remove()
    for (const picture of page.querySelectorAll("img[alt]:not([data-picture])")) picture.replaceWith(picture.alt.length <= 8 ? picture.alt : "")
    for (const bold of page.querySelectorAll("b")) if (/font-weight:\s*normal/i.test(styled(bold))) bold.replaceWith(...bold.childNodes)
    for (const link of page.querySelectorAll("a[href]")) link.setAttribute("href", straight(link.getAttribute("href")))
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
    const html = event.clipboardData?.getData("text/html") ?? "", isIntricate = (html.match(TAG)?.length ?? 0) > TOO_MANY_TAGS
    const words = event.clipboardData?.getData("text/plain") || (isIntricate ? parse(html).body.textContent : "")
    const isFar = words.length > FAR_TOO_LONG
    if (isFar) tooLong()
    else if (isIntricate) view.pasteText(words)
    else if (!html && isMarkdown(words)) view.pasteHTML(fromMarkdown(words).innerHTML)
    else return false
    return true
  },
})

// Where a link leads, past the counter of the house it was copied in.
function straight(href) {
  try {
    let url = new URL(href)
    const beyond = COUNTERS.test(url.hostname) && ["/l.php", "/"].includes(url.pathname) && url.searchParams.get("u")
    if (beyond) url = new URL(beyond)
    if (!HANGINGS.some(name => url.searchParams.has(name))) return beyond || href
    for (const name of HANGINGS) url.searchParams.delete(name)
    return url.href
  } catch {
    return href
  }
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

const LINE = /^\s*(#{1,6} |[-*+] |\d{1,3}[.)] |> ?)/
const isMarkdown = words => /(^|\n)([-*+] |\d{1,3}\. |> |#{1,6} )|\*\*[^*\n]+\*\*|\[[^\]\n]+\]\(https?:/.test(words)
const INLINE = /\*\*([^*\n]+)\*\*|__([^_\n]+)__|(?<![\w*])\*([^*\s](?:[^*\n]*[^*\s])?)\*(?![\w*])|\[([^\]\n]+)\]\((https?:[^\s)]+)\)/g

function fromMarkdown(words) {
  const body = document.implementation.createHTMLDocument().body
  const make = (tag, into) => into.appendChild(body.ownerDocument.createElement(tag))
  let place = null // the list or quote that is being written
  for (const line of words.replace(/\r\n?/g, "\n").split("\n")) {
    const [begun, sign] = LINE.exec(line) ?? ["", ""], text = line.slice(begun.length)
    const kind = /^[-*+] /.test(sign) ? "UL" : /^\d/.test(sign) ? "OL" : sign.startsWith(">") ? "BLOCKQUOTE" : ""
    if (!line.trim()) { place = null; continue }
    const isWithin = sign && begun.length - sign.length > 1 && place?.lastElementChild?.tagName === "LI" && ["UL", "OL"].includes(kind)
    if (isWithin) {
      const item = place.lastElementChild, under = item.lastElementChild.tagName === kind ? item.lastElementChild : make(kind, item)
      inline(text, make("p", make("li", under)), make)
      continue
    }
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
