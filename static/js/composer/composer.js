// Puts the editor and its bar in the place of a plain field, and keeps the field true to what is written.
import { Editor, Extension } from "../../django_prose_editor/editor.js";
import { Ask } from "./asking.js";
import { bindBar } from "./bar.js";
import { mentions } from "./mentions.js";
import { pasting } from "./pasting.js";
import { arrived, insert, pictures } from "./pictures.js";
import { nodes, paragraphs } from "./schema.js";
import { keepInSight } from "./sheet.js";

const KEYS = "Alt-F10"

export function compose(element, bar) {
  const { field, source, form } = element
  const place = document.createElement("div")
  place.className = "composer__field"
  bar.querySelector("[data-place]").replaceWith(place)
  field.before(bar)
  const had = document.activeElement === field, caret = field.selectionStart, words = field.value

  const status = bar.querySelector("[data-status]")
  const say = words => { status.textContent = words }
  const shots = pictures({ address: bar.dataset.pictures, frame: bar.querySelector("template[data-shot]"), say })
  const editor = new Editor({
    element: place,
    injectCSS: false,
    // The editor's own reading of stars among pasted words takes a step for each, and the browser with it; pasting.js reads them.
    enablePasteRules: false,
    extensions: [
      ...nodes,
      ...(shots ? [shots] : []),
      mentions({ address: element.getAttribute("people"), box: bar.querySelector("[data-people]") }),
      Extension.create({
        name: "house",
        addKeyboardShortcuts: () => ({ [KEYS]: () => focusBar(bar) }),
      }),
    ],
    content: source.value || paragraphs(words),
    editorProps: {
      ...pasting(() => say(bar.dataset.toolong)),
      attributes: {
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": field.getAttribute("aria-label") || form.querySelector(`label[for="${field.id}"]`)?.textContent || "",
        "aria-describedby": field.getAttribute("aria-describedby") || "",
        "aria-keyshortcuts": KEYS,
        class: "composer__words post__body",
      },
    },
    onUpdate: () => write(),
    onSelectionUpdate: () => tell(),
    onTransaction: () => tell(),
  })
  // A placeholder in the language of the page, drawn by CSS where nothing is written yet.
  place.dataset.placeholder = field.placeholder
  const tell = bindBar({ bar, editor, ask: new Ask(bar, editor) })
  const leaveSheet = keepInSight(element, bar)
  const chooser = bar.querySelector("input[type=file]")
  chooser?.addEventListener("change", () => {
    insert(editor, [...chooser.files])
    chooser.value = ""
  })

  // Words wait for their pictures: what is still on its way is sent first, and what failed is said.
  let holds = false
  async function hold(event) {
    if (event.target !== form || !shots) return
    const { issueRequest } = event.detail
    event.preventDefault()
    if (holds) return
    holds = true
    say(bar.dataset.waiting)
    const all = await arrived(editor)
    holds = false
    say(all ? "" : bar.dataset.missing)
    if (all) issueRequest(true)
  }
  form.addEventListener("htmx:confirm", hold)

  let said = field.value
  function write() {
    if (status.textContent === bar.dataset.toolong) say("")
    said = told(editor)
    field.value = said
    source.value = editor.isEmpty ? "" : editor.getHTML()
    place.classList.toggle("composer__field--empty", editor.isEmpty)
    field.dispatchEvent(new Event("input", { bubbles: true }))
  }

  // Whoever changes the plain field, a kept draft or an emptied form, changes what is shown.
  function heard() {
    if (field.value === said) return
    said = field.value
    const kept = source.value && !field.value.trim() ? "" : source.value
    if (!field.value.trim()) source.value = ""
    editor.commands.setContent(field.value.trim() ? kept || paragraphs(field.value) : "", { emitUpdate: false })
    place.classList.toggle("composer__field--empty", editor.isEmpty)
  }

  field.hidden = true
  field.focus = () => editor.commands.focus("end")
  field.addEventListener("input", heard)
  source.disabled = false
  element.classList.add("is-composing")
  place.classList.toggle("composer__field--empty", editor.isEmpty)
  for (const label of form.querySelectorAll(`label[for="${field.id}"]`)) label.addEventListener("click", () => editor.commands.focus())
  if (had) {
    // A field that was come to by Tab has its caret before everything: whoever goes on goes on at the end.
    editor.commands.focus(source.value || !caret || caret >= words.length ? "end" : place_of(words, caret))
    editor.view.focus() // at once, not with the next frame: what is typed until then would be lost
  }
  tell()

  return {
    editor,
    quote({ post, words }) {
      const lines = words.split("\n").filter(line => line.trim()).map(line => ({ type: "paragraph", content: [{ type: "text", text: line.trim() }] }))
      const empty = editor.isEmpty
      const chain = editor.chain().focus("end")
      if (empty) chain.clearContent()
      chain.insertContentAt(empty ? 0 : editor.state.doc.content.size, [{ type: "blockquote", attrs: { post }, content: lines }, ...(empty ? [] : [{ type: "paragraph" }])]).focus("end").run()
    },
    destroy() {
      leaveSheet()
      form.removeEventListener("htmx:confirm", hold)
      field.removeEventListener("input", heard)
      editor.destroy()
    },
  }
}

const focusBar = bar => {
  bar.querySelector("[role=toolbar] [tabindex='0']")?.focus()
  return true
}

// What is written, without form; what others said is not said again. The server reads it in the same way.
export function told(editor) {
  const lines = []
  const take = (node, into) => {
    if (node.type.name === "blockquote" && node.attrs.post) return
    if (node.isTextblock) into.push(node.textBetween(0, node.content.size, "\n", leaf => leaf.type.name === "hardBreak" ? "\n" : leaf.attrs.label ? `@${leaf.attrs.label}` : ""))
    else if (node.type.name === "picture") into.push(node.attrs.alt)
    else {
      const inside = []
      node.forEach(child => take(child, inside))
      into.push(inside.filter(Boolean).join("\n"))
    }
  }
  editor.state.doc.forEach(node => take(node, lines))
  return lines.filter(line => line && line.trim()).join("\n\n").trim()
}

// Where a caret stood in plain words; each part of a paragraph is one step further in the document.
const place_of = (words, caret) => Math.max(1, words.slice(0, caret).replace(/\n[ \t\u3000]*\n\s*/g, "\n\n").length + 1)
