"use strict"
// Progress of a job: each event of the server has the part of the page that shows it loaded again. Where no events come, it is
// loaded every few seconds. All else on the pages works without this file.
for (const place of document.querySelectorAll("[data-events]")) {
  const source = new EventSource(place.dataset.events)
  const load = () => htmx.trigger(place, "progress")
  let asking = null
  source.addEventListener("progress", load)
  source.addEventListener("end", event => {
    source.close()
    clearInterval(asking)
    load()
    document.getElementById("said").textContent = "The job is " + JSON.parse(event.data).status
  })
  source.addEventListener("error", () => { asking = asking || setInterval(load, 3000) })
}

// What was refused is where the keyboard goes on.
document.querySelector("[data-focus]")?.focus()

// The words of a line of YAML or JSON: remarks, keys, texts, numbers, and words that stand for a value.
const WORDS = /(?<remark>(?:^|\s)#.*$)|(?<key>(?:"[^"]*"|[A-Za-z_][\w.$-]*)(?=\s*:(?:\s|$)))|(?<quoted>"(?:[^"\\]|\\.)*"|'[^']*')|(?<number>(?<![\w.])-?\d[\d_]*(?:\.\d+)?(?![\w.-]))|(?<word>\b(?:true|false|null)\b)/g
const MOST = 200000
function inks(text) {
  const made = document.createDocumentFragment()
  for (const line of text.split("\n")) {
    let at = 0
    for (const found of line.matchAll(WORDS)) {
      const [kind, word] = Object.entries(found.groups).find(each => each[1] !== undefined)
      made.append(line.slice(at, found.index))
      made.append(Object.assign(document.createElement("span"), {className: kind, textContent: word}))
      at = found.index + word.length
    }
    made.append(line.slice(at) + "\n")
  }
  return made
}

// An editor has numbers beside its lines, and behind it its words in colours, in place of its own letters. Both, and the marks
// of mistakes, move with it; its height follows its lines.
const followed = new WeakSet()
function follow(editor) {
  if (followed.has(editor)) return
  followed.add(editor)
  const sheet = editor.parentElement
  const layer = name => {
    const found = sheet.querySelector(":scope > ." + name)
    if (found) return found
    const made = Object.assign(document.createElement("div"), {className: name, ariaHidden: "true"})
    editor.before(made) // after the marks, whose ground would cover it
    return made
  }
  const plain = /[.](sql|xml)$/.test(document.querySelector("#editor [name=file_name]")?.value || "")
  const show = () => {
    const count = editor.value.split("\n").length, few = !plain && editor.value.length < MOST
    editor.rows = Math.max(12, count + 1)
    layer("numbers").textContent = Array.from({length: count}, (_, at) => at + 1).join("\n")
    layer("inks").replaceChildren(few ? inks(editor.value) : "")
    sheet.classList.add("numbered")
    sheet.classList.toggle("inked", few)
    move()
  }
  const move = () => sheet.querySelectorAll(".marks, .inks").forEach(each => { each.scrollLeft = editor.scrollLeft })
  show()
  editor.addEventListener("scroll", move)
  editor.addEventListener("input", show)
  editor.addEventListener("keydown", event => {
    if (event.key !== "Enter" || event.ctrlKey || event.isComposing) return
    const before = editor.value.slice(0, editor.selectionStart), line = before.slice(before.lastIndexOf("\n") + 1)
    const indent = /^ */.exec(line)[0]
    if (!indent) return
    event.preventDefault()
    editor.setRangeText("\n" + indent, editor.selectionStart, editor.selectionEnd, "end")
    editor.dispatchEvent(new Event("input", {bubbles: true}))
  })
}
const followAll = () => document.querySelectorAll("textarea.code").forEach(follow)
followAll()
document.addEventListener("htmx:afterSettle", followAll) // the table editor puts another one in its place

// A mistake leads to its line.
document.addEventListener("click", event => {
  const asked = event.target.closest("[data-line]")
  const editor = document.querySelector("textarea.code")
  if (!asked || !editor) return
  const lines = editor.value.split("\n"), line = Number(asked.dataset.line) - 1
  const begin = lines.slice(0, line).join("\n").length + (line ? 1 : 0)
  editor.focus()
  editor.scrollLeft = 0
  editor.setSelectionRange(begin, begin + (lines[line] || "").length)
})

// A form that was sent before its handler was there is not sent as a page.
document.addEventListener("submit", event => { if (event.target.hasAttribute("hx-post")) event.preventDefault() })

// On narrow screens the sections are a row that moves sideways: the one that is open is in view.
document.querySelector(".side nav [aria-current]")?.scrollIntoView({block: "nearest", inline: "center"})
