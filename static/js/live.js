// One socket for the whole page. Frames are a hint and the database is the truth: what is missing is asked for by number
// over HTTP, and where no socket opens the same question is asked again and again.
const SECOND = 1000
const EARLY = 250 // how long a frame that came too soon waits for the one before it
const NEWEST = Number.MAX_SAFE_INTEGER // "since" of one who only wants to know what comes from now on
const GONE = 5 // seconds without a socket after which it is asked whether the house can be reached at all
const SHORT = 5 // a socket that lived no longer than so many seconds was none: the next one waits longer
const SENT_AWAY = new Set([1012, 1013, 4401]) // ended by a server that will have us again at once

const topics = new Map() // name → Watched
let socket = null
let failures = 0 // sockets that did not open, in a row
let within = null // seconds in which a server that stops wants its readers to come back
let retry = 0, poll = 0, silence = 0, woken = 0, gone = 0 // timers
let unreached = 0 // questions over HTTP that had no answer, in a row

// Says on the document what a reader should know of the line itself: "lost", "back", "out" when the sign-in has ended.
const tell = (state) => document.dispatchEvent(new CustomEvent("live:line", { detail: state }))

// Calls onFrame for everything after `since` in order and once; `null` is from now on. Gives a function that stops it.
export function watch(name, since, onFrame) {
  let topic = topics.get(name)
  if (!topic) topics.set(name, topic = new Watched(name))
  const watcher = { last: since, onFrame }
  topic.join(watcher)
  if (!socket && !retry) connect()
  return () => {
    topic.watchers.delete(watcher)
    if (topic.watchers.size === 0) topic.drop()
  }
}

// Says something in a topic that is being watched, `{ typing: name }` for one; false where no socket is there to hear it.
export function say(name, message) {
  if (!topics.get(name)?.heard || socket?.readyState !== WebSocket.OPEN) return false
  socket.send(JSON.stringify(message))
  return true
}

class Watched {
  watchers = new Set()
  last = null // what everyone here has seen
  goal = 0 // what is known to have happened
  early = new Map()
  heard = false // the socket answers for it
  greeted = false
  closed = false
  asking = false
  here = null // who, as last heard
  wait = 0

  constructor(name) { this.name = name }

  join(watcher) {
    this.watchers.add(watcher)
    if (this.here) this.tell(this.here, [watcher])
    if (watcher.last === null) watcher.last = this.last
    else if (this.last === null || watcher.last < this.last) this.last = watcher.last
    this.greet()
  }

  // The answer says how far the topic is, and so whether something was missed; none at all, that the socket is dead.
  greet() {
    if (this.closed || socket?.readyState !== WebSocket.OPEN) return
    this.greeted = true
    socket.send(JSON.stringify({ watch: this.name, since: this.last ?? NEWEST }))
    silence ||= setTimeout(() => socket?.close(), 8 * SECOND)
  }

  drop() {
    this.askNot()
    this.closed = true
    topics.delete(this.name)
    if (this.heard) socket.send(JSON.stringify({ leave: this.name }))
  }

  hear(frame) {
    if (frame.kind === "presence") this.counted(frame)
    else if (frame.kind === "typing" || frame.kind === "dock") this.tell(frame)
    else if (frame.kind === "closed") this.close()
    else if (frame.kind === "poll") pollOn()
    else if (frame.kind === "open" || frame.kind === "behind") this.measure(frame.n)
    else if (frame.kind === "since") this.resume(frame)
    else this.take(frame)
  }

  // What was missed, all of it, from a server that remembers.
  resume(frame) {
    this.greeted = false
    this.heard = true
    this.fill(frame)
  }

  measure(n) {
    const asked = this.greeted
    this.greeted = false
    this.heard = true
    this.last ??= n
    this.goal = Math.max(this.goal, n)
    // Unasked, everyone is told at the same moment and must not come at the same moment.
    if (this.last < this.goal) this.askIn(asked ? 0 : Math.random() * 2 * SECOND)
  }

  take(frame) {
    if (frame.loose) return this.ring(frame)
    if (this.last === null || frame.n <= this.last) return
    this.goal = Math.max(this.goal, frame.n)
    this.early.set(frame.n, frame)
    this.deliver()
    if (this.last < this.goal) this.askIn(EARLY)
  }

  // Numbered by its moment, so that none follows the other by one and a late one may come last: it says by itself what it
  // is about. The number only tells where to go on after a silence.
  ring(frame) {
    this.goal = this.last = Math.max(this.last ?? 0, frame.n)
    this.tell({ ...frame, n: this.last })
  }

  deliver() {
    for (let frame; (frame = this.early.get(this.last + 1));) this.pass(frame)
    for (const n of this.early.keys()) if (n <= this.last) this.early.delete(n)
    if (this.last >= this.goal) this.askNot()
  }

  pass(frame) {
    this.last = frame.n
    this.tell(frame, [...this.watchers].filter((watcher) => (watcher.last ?? 0) < frame.n))
  }

  tell(frame, watchers = this.watchers) {
    for (const watcher of watchers) {
      if (frame.n) watcher.last = frame.n
      try { watcher.onFrame(frame) } catch (error) { reportError(error) }
    }
  }

  counted({ count, people = [] }) {
    const here = { topic: this.name, kind: "presence", count, people }
    if (JSON.stringify(here) === JSON.stringify(this.here)) return
    this.here = here
    this.tell(here)
  }

  // Nobody is heard any more: neither that they write, nor that they have stopped.
  mute() {
    this.heard = false
    this.tell({ topic: this.name, kind: "typing", count: 0, people: [] })
  }

  close() {
    this.askNot()
    this.closed = true
    this.heard = false
    this.tell({ topic: this.name, kind: "closed" })
  }

  askIn(milliseconds) {
    this.wait ||= setTimeout(() => this.ask(), milliseconds)
  }

  askNot() {
    clearTimeout(this.wait)
    this.wait = 0
  }

  // What happened since, over HTTP. Only one question at a time, so that answers cannot overtake one another.
  async ask() {
    this.askNot()
    if (this.asking) return
    this.asking = true
    const goal = this.goal
    try {
      const answer = await fetch(`/live/${this.name}/?since=${this.last ?? NEWEST}`)
      answer.status < 500 ? reached() : missed()
      if (answer.status === 404) this.close()
      if (answer.ok) this.catchUp(await answer.json())
      // What it did not bring is not there; unless it happened while we were asking.
      if (answer.ok && goal === this.goal) this.goal = Math.max(this.last, ...this.early.keys())
    } catch { missed() }
    this.asking = false
    if (this.last < this.goal && !this.closed) this.askIn((unreached ? 10 : 2) * SECOND)
  }

  catchUp({ n, frames, reset, count, people }) {
    this.counted({ count, people })
    if (this.last === null) this.last = n
    else if (reset) {
      this.last = n
      this.early.clear()
      this.tell({ topic: this.name, kind: "reset", n })
    }
    this.fill({ n, frames })
  }

  fill({ n, frames }) {
    this.goal = Math.max(this.goal, n)
    for (const frame of frames) if (frame.n > this.last) this.pass(frame)
    this.last = Math.max(this.last, n)
    this.deliver()
  }
}

function connect() {
  clearTimeout(retry)
  retry = 0
  if (topics.size === 0) return
  let opened = 0
  const mine = socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/live/`)
  mine.onopen = () => {
    opened = Date.now()
    reached()
    for (const topic of topics.values()) topic.greet()
  }
  mine.onmessage = ({ data }) => {
    clearTimeout(silence)
    silence = 0
    if (unreached) reached()
    const frame = JSON.parse(data)
    if (frame.kind === "move") within = frame.within
    else topics.get(frame.topic)?.hear(frame)
  }
  mine.onclose = ({ code }) => { if (socket === mine) lost(opened && (Date.now() - opened) / SECOND, code) }
}

function lost(lived, code) {
  clearTimeout(silence)
  silence = 0
  socket = null
  for (const topic of topics.values()) topic.mute()
  if (code === 4401) tell("out")
  failures = SENT_AWAY.has(code) || lived > SHORT ? 0 : failures + 1
  // A server that goes away sends all its readers away at once: they come back one by one, in the time it has given.
  const patience = code === 1012 || code === 1013 ? within ?? 5 : Math.min(60, 2 ** failures)
  gone ||= setTimeout(reach, (GONE + (within ?? 0)) * SECOND)
  within = null
  retry = setTimeout(connect, patience * SECOND * (0.2 + Math.random()))
  if (failures >= 2) pollOn()
}

const unheard = () => [...topics.values()].filter((topic) => !topic.heard && !topic.closed)

function pollOn() {
  poll ||= setTimeout(() => {
    poll = 0
    const asked = unheard()
    // One question is enough to learn that nobody answers; and the longer nobody does, the more seldom it is put.
    for (const topic of unreached ? asked.slice(0, 1) : asked) topic.ask()
    if (asked.length) pollOn()
  }, (document.hidden ? 30 : Math.min(15, 5 + unreached)) * SECOND * (0.9 + 0.2 * Math.random()))
}

// No socket for a while: where HTTP still answers, the page lives on and its reader need not know.
function reach() {
  gone = 0
  if (!navigator.onLine) return missed()
  if (socket?.readyState === WebSocket.OPEN) return
  unheard()[0]?.ask()
  pollOn()
}

function missed() {
  unreached += 1
  if (!gone && (!navigator.onLine || socket?.readyState !== WebSocket.OPEN)) tell("lost")
}

function reached() {
  if (unreached && socket?.readyState !== WebSocket.OPEN) comeBack()
  unreached = 0
  clearTimeout(gone)
  gone = 0
  tell("back")
}

// The house answers again: its readers do not wait out what they waited for a dead one, and do not come all at once.
function comeBack() {
  failures = 0
  if (!retry) return
  clearTimeout(retry)
  retry = setTimeout(connect, 5 * SECOND * Math.random())
}

// Back from sleep, from a tunnel, from another page: see at once what was missed.
function wake() {
  clearTimeout(woken)
  woken = setTimeout(() => {
    if (document.hidden) return
    if (socket?.readyState === WebSocket.OPEN) for (const topic of topics.values()) topic.greet()
    else {
      for (const topic of topics.values()) if (!topic.closed && topic.last !== null) topic.ask()
      if (!socket) connect()
    }
  }, 300)
}

document.addEventListener("visibilitychange", wake)
addEventListener("online", wake)
// Without a network a socket stays open for long, and nothing comes.
addEventListener("offline", () => topics.size && (gone ||= setTimeout(reach, GONE * SECOND)))
addEventListener("pageshow", ({ persisted }) => persisted && wake())
// A page with an open socket is not kept for going back to.
addEventListener("pagehide", () => socket?.close())
