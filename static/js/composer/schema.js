// What a post may hold, and nothing more: the server reads the same small shape (commons/rich.py).
import {
  Blockquote, Bold, BulletList, Document, Dropcursor, Gapcursor, HardBreak, Italic, ListItem, Mark, Node, OrderedList, Paragraph, Text, UndoRedo,
} from "../../django_prose_editor/editor.js";

// An address of the web, with what people leave out; "" for anything that is none.
export function address(words) {
  const typed = words.trim()
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(typed) ? typed : `https://${typed}`
  try {
    const url = new URL(whole)
    if (url.protocol === "mailto:") return typed
    return ["http:", "https:"].includes(url.protocol) && url.hostname.includes(".") && !url.username ? url.href : ""
  } catch {
    return ""
  }
}

const Link = Mark.create({
  name: "link",
  inclusive: false,
  addAttributes: () => ({ href: { default: "" } }),
  parseHTML: () => [{ tag: "a[href]", getAttrs: link => !link.dataset.mention && /^(https?|mailto):/i.test(link.getAttribute("href")) && null }],
  renderHTML: ({ HTMLAttributes }) => ["a", { href: HTMLAttributes.href }, 0],
})

const Mention = Node.create({
  name: "mention",
  group: "inline",
  inline: true,
  atom: true,
  selectable: false,
  addAttributes: () => ({
    id: { default: "", parseHTML: link => link.dataset.mention, renderHTML: ({ id }) => ({ "data-mention": id }) },
    label: { default: "", parseHTML: link => link.textContent.replace(/^@/, ""), rendered: false },
  }),
  parseHTML: () => [{ tag: "a[data-mention]", priority: 60 }],
  renderHTML: ({ node, HTMLAttributes }) => ["a", { ...HTMLAttributes, class: "mention" }, `@${node.attrs.label}`],
  renderText: ({ node }) => `@${node.attrs.label}`,
})

const Quote = Blockquote.extend({
  content: "(paragraph | bulletList | orderedList)+",
  addAttributes: () => ({
    post: { default: null, parseHTML: quote => quote.dataset.post ?? null, renderHTML: ({ post }) => (post ? { "data-post": post } : {}) },
  }),
})

// Enter with Ctrl or ⌘ sends; it must not break a line first.
const Break = HardBreak.extend({
  addKeyboardShortcuts() {
    return { "Shift-Enter": () => this.editor.commands.setHardBreak() }
  },
})

export const nodes = [
  Document, Paragraph, Text, Break, Bold, Italic, BulletList, OrderedList, ListItem, Quote, Link, Mention,
  UndoRedo, Dropcursor.configure({ color: false, class: "composer__drop" }), Gapcursor,
]

// Plain words as the editor's own: blank lines part paragraphs, single breaks stay.
export function paragraphs(words) {
  const content = words.trim().split(/\n[ \t\u3000]*\n\s*/).filter(Boolean).map(part => ({
    type: "paragraph",
    content: part.split("\n").flatMap((line, at) => [...(at ? [{ type: "hardBreak" }] : []), ...(line ? [{ type: "text", text: line }] : [])]),
  }))
  return content.length ? { type: "doc", content } : ""
}
