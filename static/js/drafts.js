// Unsent words on this device: { fields, base, dirty, unsent, sent, key, at }. `base` is the version on the server they
// were written upon, `dirty` that the server does not have them yet, `unsent` that sending them was tried in vain.
const PREFIX = "draft:"
const LONGEST_KEPT = 90 * 24 * 3600_000
const NOT_WORDS = new Set(["took", "key", "draft"])

export function read(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(PREFIX + key))
    return draft?.fields && Date.now() - draft.at < LONGEST_KEPT ? draft : null
  } catch {
    return null
  }
}

export function write(key, draft) {
  try {
    if (draft) localStorage.setItem(PREFIX + key, JSON.stringify(draft))
    else localStorage.removeItem(PREFIX + key)
  } catch {
    // A full or forbidden storage: the field itself still holds the words.
  }
}

// What stands in a form. The form of the words counts while their plain field has no composer yet, and is disabled.
export function fieldsOf(form) {
  const fields = {}
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && !NOT_WORDS.has(name)) fields[name] = value
  const source = form.elements.source
  if (source) fields.source = source.value
  return fields
}

export const isEmpty = fields => !["title", "body", "source"].some(name => fields[name]?.trim())
export const isSame = (one, other) => ["title", "body", "source"].every(name => (one[name] ?? "") === (other[name] ?? ""))

// Whether htmx brought an answer that took the words: one that leads elsewhere is one too, save to the door for whoever has
// been signed out meanwhile.
export const arrived = ({ successful, xhr }) => Boolean(!xhr?.getResponseHeader?.("Signed-Out") && (successful || (xhr?.status < 400 && xhr.getResponseHeader?.("HX-Redirect"))))

// Puts words into a form as if they had been typed. The form of the words first: whoever hears of the words looks for it.
export function put(form, fields) {
  if (form.elements.source) form.elements.source.value = fields.source ?? ""
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements[name]
    if (!field || name === "source" || name === "body" || NOT_WORDS.has(name) || field.value === value) continue
    field.value = value
    if (field instanceof Element) field.dispatchEvent(new Event("input", { bubbles: true }))
  }
  const body = form.elements.body
  if (!body) return
  body.value = fields.body ?? ""
  body.dispatchEvent(new Event("input", { bubbles: true }))
}
