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

// The marks behind an editor move sideways with its text, and its height follows its lines.
function follow(editor) {
  const behind = editor.parentElement.querySelector(".marks")
  editor.addEventListener("scroll", () => { if (behind) behind.scrollLeft = editor.scrollLeft })
  editor.addEventListener("input", () => { editor.rows = Math.max(12, editor.value.split("\n").length + 1) })
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
document.querySelectorAll("textarea.code").forEach(follow)

// A mistake leads to its line.
document.addEventListener("click", event => {
  const asked = event.target.closest("[data-line]")
  const editor = document.querySelector("textarea.code")
  if (!asked || !editor) return
  const lines = editor.value.split("\n"), line = Number(asked.dataset.line) - 1
  const begin = lines.slice(0, line).join("\n").length + (line ? 1 : 0)
  editor.focus()
  editor.setSelectionRange(begin, begin + (lines[line] || "").length)
})

// A form that was sent before its handler was there is not sent as a page.
document.addEventListener("submit", event => { if (event.target.hasAttribute("hx-post")) event.preventDefault() })

// On narrow screens the sections are a row that moves sideways: the one that is open is in view.
document.querySelector(".side nav [aria-current]")?.scrollIntoView({block: "nearest", inline: "center"})
