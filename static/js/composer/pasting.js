// What is pasted from elsewhere, made into what a post may hold: lists as Word writes them, little pictures as Facebook
// writes them, rows of tables as lines, and Markdown.
import { address, paragraphs } from "./schema.js";

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
    for (const table of [...page.querySelectorAll("table")].reverse()) table.replaceWith(...rows(table, page)) // the innermost first
    for (const head of page.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
      const line = page.createElement("p"), strong = page.createElement("strong")
      strong.append(...head.childNodes)
      line.append(strong)
      head.replaceWith(line)
    }
    return page.body.innerHTML
  },

  // Lines stay lines and blank lines part paragraphs, as in the plain field.
  clipboardTextParser(words, place, isPlain, { state: { schema } }) {
    const told = words.replace(/\r\n?/g, "\n")
    if (!told.trim().includes("\n")) return null
    const doc = schema.nodeFromJSON(paragraphs(told))
    return doc.slice(1, doc.content.size - 1)
  },

  handlePaste(view, event) {
    const html = event.clipboardData?.getData("text/html") ?? "", isIntricate = (html.match(TAG)?.length ?? 0) > TOO_MANY_TAGS
    const words = event.clipboardData?.getData("text/plain") || (isIntricate ? parse(html).body.textContent : "")
    const isFar = words.length > FAR_TOO_LONG
    const href = /^\s*https?:\/\/\S+\s*$/.test(words) && address(words) && straight(words.trim())
    if (isFar) tooLong()
    else if (href) link(view, href)
    else if (isIntricate) view.pasteText(words)
    else if (!html && isMarkdown(words)) view.pasteHTML(fromMarkdown(words).innerHTML)
    else return false
    return true
  },
})

// An address alone becomes where the chosen words lead; where none are chosen it stands there itself.
function link(view, href) {
  const { state } = view, { $from, $to, empty } = state.selection
  const isChosen = !empty && $from.parent.isTextblock && $from.sameParent($to)
  if (isChosen) view.dispatch(state.tr.addMark($from.pos, $to.pos, state.schema.marks.link.create({ href })))
  else view.dispatch(state.tr.insertText(href).scrollIntoView())
}

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

// A row is a line and its cells are parted by a stroke; a cell alone in its row was there to hold the page together.
function rows(table, page) {
  const made = []
  let lines = null
  for (const row of table.rows) {
    const cells = [...row.cells]
    if (cells.length < 2 || (!lines && cells.filter(cell => cell.textContent.trim()).length < 2)) {
      lines = null
      for (const cell of cells) {
        const block = page.createElement("div")
        block.append(...cell.childNodes)
        made.push(block)
      }
      continue
    }
    if (lines) lines.append(page.createElement("br"))
    else made.push(lines = page.createElement("p"))
    for (const [at, cell] of cells.entries()) {
      for (const block of cell.querySelectorAll("p, div, ul, ol, li, blockquote, pre, h1, h2, h3, h4, h5, h6, br")) block.replaceWith(" ", ...block.childNodes, " ")
      lines.append(at ? " | " : "", ...cell.childNodes)
    }
  }
  return made
}

const LINE = /^\s*(#{1,6} |[-*+] |\d{1,3}[.)] |> ?)/
const RULE = /^ *\|? *:?-{3,}:? *(\| *:?-{3,}:? *)+\|? *$/ // what parts the head of a table from its rows
const isMarkdown = words => /(^|\n)([-*+] |\d{1,3}\. |> |#{1,6} )|\*\*[^*\n]+\*\*|\[[^\]\n]+\]\(https?:/.test(words) || words.split("\n").some(line => RULE.test(line))
const INLINE = /\*\*([^*\n]+)\*\*|__([^_\n]+)__|(?<![\w*])\*([^*\s](?:[^*\n]*[^*\s])?)\*(?![\w*])|\[([^\]\n]+)\]\((https?:[^\s)]+)\)/g

function fromMarkdown(words) {
  const body = document.implementation.createHTMLDocument().body
  const make = (tag, into) => into.appendChild(body.ownerDocument.createElement(tag))
  const lines = words.replace(/\r\n?/g, "\n").split("\n")
  let place = null // the list or quote that is being written
  let before = null // the words that a line without a sign goes on with
  let isTable = false
  for (const [number, line] of lines.entries()) {
    if (!line.trim()) {
      place = before = null
      isTable = false
      continue
    }
    if (isTable && RULE.test(line)) continue
    isTable ||= RULE.test(lines[number + 1] ?? "")
    const [begun, sign] = LINE.exec(line) ?? ["", ""]
    const text = isTable ? line.trim().replace(/^\||\|$/g, "").trim() : line.slice(begun.length)
    const kind = /^[-*+] /.test(sign) ? "UL" : /^\d/.test(sign) ? "OL" : sign.startsWith(">") ? "BLOCKQUOTE" : ""
    const isHead = sign.startsWith("#"), goesOn = before && (!sign || (kind === "BLOCKQUOTE" && place?.tagName === kind))
    if (goesOn) {
      make("br", before)
      inline(text, before, make)
      continue
    }
    const isWithin = begun.length - sign.length > 1 && place?.lastElementChild?.tagName === "LI" && ["UL", "OL"].includes(kind)
    if (isWithin) {
      const item = place.lastElementChild, under = item.lastElementChild.tagName === kind ? item.lastElementChild : make(kind, item)
      inline(text, before = make("p", make("li", under)), make)
      continue
    }
    if (!kind) place = null
    else if (place?.tagName !== kind) place = make(kind, body)
    const block = kind === "UL" || kind === "OL" ? make("p", make("li", place)) : make("p", place ?? body)
    inline(text, isHead ? make("strong", block) : block, make)
    before = isHead ? null : block
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
