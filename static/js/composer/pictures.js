// Pictures among the words: chosen, dropped, pasted or taken just now; made smaller here, sent at once, with their words.
import { Node, Plugin } from "../../django_prose_editor/editor.js";

const LARGEST = 1600, QUALITY = 0.86, LARGEST_SENT = 15_000_000
const files = new Map() // key → { file, request, share }; what a picture is before the server knows it
let keys = 0

// What will not be taken however often it is sent.
class Refused extends Error {}

export function pictures({ address, frame, say }) {
  if (!address || !frame) return null
  return Node.create({
    name: "picture",
    group: "block",
    atom: true,
    draggable: true,
    addAttributes: () => ({
      id: { default: "", parseHTML: img => img.dataset.picture, renderHTML: ({ id }) => ({ "data-picture": id }) },
      alt: { default: "" },
      key: { default: "", rendered: false },
    }),
    parseHTML: () => [{ tag: "img[data-picture]" }],
    renderHTML: ({ HTMLAttributes }) => ["img", HTMLAttributes],
    addNodeView: () => options => new Shot({ ...options, frame, address, say }),
    addProseMirrorPlugins() {
      // Whatever file it is: one that is no picture says so, where the browser would open it in the place of the page.
      const take = (list, at) => {
        if (list?.length) insert(this.editor, [...list], at)
        return Boolean(list?.length)
      }
      return [new Plugin({
        props: {
          // Word brings a drawing of its own words beside them: the words are what was meant.
          handlePaste: (view, event) => !event.clipboardData?.getData("text/html").trim() && take(event.clipboardData?.files),
          handleDrop: (view, event, slice, moved) => !moved && take(event.dataTransfer?.files, view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos),
        },
      })]
    },
  })
}

export function insert(editor, chosen, at) {
  const content = chosen.map(file => {
    const key = `p${++keys}`
    files.set(key, { file })
    return { type: "picture", attrs: { key } }
  })
  const place = at ?? editor.state.selection.to
  editor.chain().focus().insertContentAt(place, [...content, { type: "paragraph" }]).run()
}

// Settles when nothing is on its way any more; true when everything arrived.
export async function arrived(editor) {
  const waiting = []
  let all = true
  editor.state.doc.descendants(node => {
    if (node.type.name !== "picture" || node.attrs.id) return
    const { sending } = files.get(node.attrs.key) ?? {}
    if (sending) waiting.push(sending)
    else all = false
  })
  return (await Promise.all(waiting)).every(Boolean) && all
}

class Shot {
  constructor({ node, editor, getPos, frame, address, say }) {
    Object.assign(this, { node, editor, getPos, address, say })
    this.dom = frame.content.firstElementChild.cloneNode(true)
    this.find = name => this.dom.querySelector(`[data-${name}]`)
    this.find("alt").value = node.attrs.alt
    this.find("alt").addEventListener("input", event => this.set({ alt: event.target.value }))
    this.find("alt").addEventListener("keydown", event => {
      if (event.key !== "Enter" || event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey) return
      event.preventDefault()
      event.stopPropagation()
      this.editor.commands.focus(this.getPos() + 1)
    })
    this.dom.addEventListener("click", event => this.act(event.target.closest("button")?.dataset.do))
    if (node.attrs.id) this.show(`/forum/pictures/${node.attrs.id}.jpg`)
    else this.send()
    this.tell()
  }

  act(what) {
    if (what === "again") this.send()
    else if (what === "away") this.remove()
    else if (what === "up") this.move(-1)
    else if (what === "down") this.move(1)
  }

  get waiting() {
    return files.get(this.node.attrs.key)
  }

  set(attrs) {
    if (this.isGone) return
    const { tr } = this.editor.state
    this.editor.view.dispatch(tr.setNodeMarkup(this.getPos(), undefined, { ...this.node.attrs, ...attrs }))
  }

  remove() {
    this.waiting?.request?.abort()
    this.say("")
    const at = this.getPos()
    this.editor.chain().focus().deleteRange({ from: at, to: at + this.node.nodeSize }).run()
  }

  // Past the neighbour on that side, and past empty lines before it. The hand stays on the button.
  move(by) {
    const at = this.getPos(), { editor, node } = this, { doc, tr } = editor.state
    const place = doc.resolve(at)
    let other, past = 0, next = place.index()
    do {
      other = place.parent.maybeChild(next += by)
      past += other?.nodeSize ?? 0
    } while (other?.isTextblock && !other.content.size)
    if (!other) return
    const to = by < 0 ? at - past : at + past
    editor.view.dispatch(tr.delete(at, at + node.nodeSize).insert(to, node))
    const moved = editor.view.nodeDOM(to)
    moved?.scrollIntoView({ block: "nearest" })
    const buttons = [by < 0 ? "up" : "down", by < 0 ? "down" : "up", "away"].map(what => moved?.querySelector(`[data-do=${what}]`))
    buttons.find(button => button?.checkVisibility())?.focus({ preventScroll: true })
  }

  send() {
    const told = this.waiting
    if (!told) return this.fail(this.dom.dataset.lost)
    this.dom.dataset.state = "sending"
    told.shot = this // it may be moved while it is on its way: it arrives where it is shown by then
    if (told.src) this.show(told.src)
    told.sending ??= this.post(told).then(
      ({ id, src }) => { told.shot.show(src); told.shot.set({ id, key: "" }); this.say(""); return true },
      error => { told.shot.fail(error.message || this.dom.dataset.lost, error instanceof Refused); return false },
    ).finally(() => { told.sending = null })
  }

  async post(told) {
    const { type } = told.file, { none, large, out } = this.dom.dataset
    if (type && !type.startsWith("image/")) throw new Refused(none)
    told.small ??= await smaller(told.file)
    if (told.small.size > LARGEST_SENT) throw new Refused(large)
    if (told.small !== told.file) told.shot.show(told.src = await preview(told.small))
    return new Promise((done, failed) => {
      const request = told.request = new XMLHttpRequest(), form = new FormData()
      form.append("picture", told.small, "picture")
      request.open("POST", this.address)
      request.responseType = "json"
      request.timeout = 120_000
      request.upload.onprogress = event => event.lengthComputable && told.shot.progress(event.loaded / event.total)
      request.onload = () => {
        const { status, response } = request
        if (status === 201) done(response)
        else if (status < 400) failed(new Error(out)) // led to the door
        else failed(response?.message && status !== 429 ? new Refused(response.message) : new Error(response?.message ?? ""))
      }
      request.onerror = request.ontimeout = request.onabort = () => failed(new Error(""))
      request.send(form)
    })
  }

  progress(share) {
    const bar = this.find("progress")
    bar.value = share
  }

  show(src) {
    this.find("picture").src = src
    this.find("picture").alt = this.node.attrs.alt
    this.tell()
  }

  fail(words, isRefused) {
    this.dom.dataset.state = isRefused ? "refused" : "failed"
    this.find("wrong").textContent = words
  }

  tell() {
    if (["failed", "refused"].includes(this.dom.dataset.state) && !this.node.attrs.id) return
    this.dom.dataset.state = this.node.attrs.id ? "there" : "sending"
  }

  update(node) {
    if (node.type !== this.node.type) return false
    this.node = node
    if (this.find("alt").value !== node.attrs.alt) this.find("alt").value = node.attrs.alt
    this.tell()
    return true
  }

  destroy() {
    this.isGone = true
  }

  stopEvent(event) {
    return !/^(drag|drop)/.test(event.type)
  }

  ignoreMutation() {
    return true
  }
}

// As large as it will be shown, upright; what this browser cannot open (HEIC, mostly) goes as it is.
async function smaller(file) {
  if (file.type === "image/gif") return file // drawn here it would stand still, and nobody would have said so
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" })
    const share = Math.min(1, LARGEST / Math.max(bitmap.width, bitmap.height))
    if (share === 1 && file.size < 400_000 && file.type === "image/jpeg") return file
    const canvas = document.createElement("canvas")
    canvas.width = Math.round(bitmap.width * share)
    canvas.height = Math.round(bitmap.height * share)
    const paper = canvas.getContext("2d")
    paper.fillStyle = "#fff"
    paper.fillRect(0, 0, canvas.width, canvas.height)
    paper.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    bitmap.close()
    return await new Promise((done, failed) => canvas.toBlob(made => (made ? done(made) : failed()), "image/jpeg", QUALITY))
  } catch {
    return file
  }
}

const preview = file => new Promise(done => {
  const reader = new FileReader()
  reader.onload = () => done(reader.result)
  reader.readAsDataURL(file)
})
