// The buttons: each does what it says and shows whether it is so where the caret stands. One stop of Tab, arrows within.
const ACTS = {
  bold: { run: chain => chain.toggleBold(), is: editor => editor.isActive("bold") },
  italic: { run: chain => chain.toggleItalic(), is: editor => editor.isActive("italic") },
  bulletList: { run: chain => chain.toggleBulletList(), is: editor => editor.isActive("bulletList") },
  orderedList: { run: chain => chain.toggleOrderedList(), is: editor => editor.isActive("orderedList") },
  quote: { run: chain => chain.toggleBlockquote(), is: editor => editor.isActive("blockquote") },
  mention: { run: chain => chain.insertContent("@") },
}

export function bindBar({ bar, editor, ask }) {
  const toolbar = bar.querySelector("[role=toolbar]")
  const buttons = [...toolbar.querySelectorAll("button")]

  // The caret stays where it is: a tap on a button must not close the keyboard.
  bar.addEventListener("mousedown", event => event.target.closest("button") && event.preventDefault())
  toolbar.addEventListener("click", event => {
    const button = event.target.closest("button")
    if (!button) return
    stopAt(button)
    const act = ACTS[button.dataset.act]
    if (act) act.run(editor.chain().focus()).run()
    else if (button.dataset.act === "link") ask.link(button)
    else if (button.dataset.act === "picture") bar.querySelector("input[type=file]").click()
    else if (button.dataset.act === "emoji") ask.emoji(button)
  })
  toolbar.addEventListener("keydown", event => {
    if (event.key === "Escape") {
      event.stopPropagation()
      return editor.commands.focus()
    }
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    const at = buttons.indexOf(document.activeElement)
    const to = step ? buttons.at((at + step) % buttons.length) : { Home: buttons[0], End: buttons.at(-1) }[event.key]
    if (!to) return
    event.preventDefault()
    stopAt(to)
    to.focus()
  })

  function stopAt(button) {
    for (const each of buttons) each.tabIndex = each === button ? 0 : -1
  }

  function tell() {
    for (const button of buttons) {
      const is = button.dataset.act === "link" ? editor.isActive("link") : ACTS[button.dataset.act]?.is?.(editor)
      if (is !== undefined) button.setAttribute("aria-pressed", is)
    }
  }

  stopAt(buttons[0])
  return tell
}
