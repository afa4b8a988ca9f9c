// Files go to /intake one after another; Streamlit learns the job's id when all are there, and nothing else.
const BESIDE = /^(~\$|\.~|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i; // what Excel, WPS, macOS, Windows put beside files
const open = new WeakMap(); // one uploader per place on the page, kept over reruns

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  const uploader = open.get(parentElement) ?? new Uploader(parentElement);
  open.set(parentElement, uploader);
  uploader.take(data, setTriggerValue);
  return () => { uploader.leave(); open.delete(parentElement); };
}

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
const size = bytes => bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))}KB` : `${(bytes / 1048576).toFixed(1)}MB`;

/** Read a dropped folder to its leaves; browsers hand its entries out by hundreds. */
async function entries(entry, path = "") {
  if (entry.isFile) {
    const file = await new Promise((found, failed) => entry.file(found, failed));
    return [{ file, name: path + file.name }];
  }
  const reader = entry.createReader(), found = [];
  for (;;) {
    const some = await new Promise((found_, failed) => reader.readEntries(found_, failed));
    if (!some.length) return found;
    for (const child of some) found.push(...await entries(child, `${path}${entry.name}/`));
  }
}

async function dropped(transfer) {
  const items = [...transfer.items].filter(item => item.kind === "file");
  const tops = items.map(item => item.webkitGetAsEntry?.() ?? item.getAsFile()).filter(Boolean);
  const lists = await Promise.all(tops.map(top => top instanceof File ? [{ file: top, name: top.name }] : entries(top)));
  return lists.flat();
}

class Uploader {
  constructor(root) {
    this.part = name => root.querySelector(`.${name}`);
    this.queue = [];
    this.job = this.request = null;
    this.running = false;
    this.turn = 0; // what goes on after a cancel belongs to an earlier turn
    this.listen();
  }

  take(data, tell) {
    Object.assign(this, { data, tell, texts: data.texts });
    const said = { hint: "drop", choose: "choose", "choose-folder": "chooseFolder", limits: "limits", cancel: "cancel", retry: "retry" };
    for (const [name, text] of Object.entries(said)) {
      if (!this.part("zone").classList.contains("over") || name !== "hint") this.part(name).textContent = this.texts[text];
    }
    this.part("choose-folder").hidden = !this.texts.chooseFolder; // a template is a file
    this.part("zone").setAttribute("aria-label", this.texts.zone);
    this.part("all").setAttribute("aria-label", this.texts.zone);
    this.part("choose").setAttribute("aria-describedby", "limits");
  }

  listen() {
    const zone = this.part("zone"), pick = (button, input) => {
      this.part(button).onclick = () => this.part(input).click();
      this.part(input).onchange = event => {
        const files = [...event.target.files].map(file => ({ file, name: file.webkitRelativePath || file.name }));
        event.target.value = ""; // the same file can be chosen again
        this.start(files);
      };
    };
    pick("choose", "files");
    pick("choose-folder", "folder");
    this.part("cancel").onclick = () => this.cancel();
    this.part("retry").onclick = () => this.run();
    const over = is => { zone.classList.toggle("over", is); this.part("hint").textContent = this.texts[is ? "release" : "drop"]; };
    zone.ondragover = event => { event.preventDefault(); over(true); };
    zone.ondragleave = event => { if (!zone.contains(event.relatedTarget)) over(false); };
    zone.ondrop = async event => { event.preventDefault(); over(false); this.start(await dropped(event.dataTransfer)); };
    this.keep = event => { if (event.dataTransfer?.types.includes("Files")) event.preventDefault(); }; // beside the zone
    this.stay = event => { if (this.running) event.preventDefault(); };
    for (const name of ["dragover", "drop"]) window.addEventListener(name, this.keep);
    window.addEventListener("beforeunload", this.stay);
  }

  leave() {
    for (const name of ["dragover", "drop"]) window.removeEventListener(name, this.keep);
    window.removeEventListener("beforeunload", this.stay);
    if (this.job) this.cancel();
  }

  say(text) { this.part("status").textContent = text; }

  busy(is) {
    this.running = is;
    this.part("zone").classList.toggle("busy", is);
    for (const name of ["choose", "choose-folder"]) this.part(name).disabled = is;
    this.part("cancel").hidden = !is;
  }

  start(found) {
    if (this.running || this.job) return this.say(this.texts.busy);
    const wanted = found.filter(one => !BESIDE.test(one.file.name));
    if (!found.length) return;
    this.part("run").hidden = false;
    this.part("list").replaceChildren();
    this.skipped = found.length - wanted.length;
    this.queue = wanted.map(one => this.line(one));
    this.part("all").hidden = !wanted.length;
    if (!wanted.length) { this.busy(false); return this.say(this.texts.nothing); }
    this.bound();
    this.run();
  }

  /** Refuse here what the server would refuse after the whole way. */
  bound() {
    let files = 0, bytes = 0;
    for (const one of this.queue) {
      if (one.file.size > this.data.fileBytes) this.fail(one, this.texts.tooLarge);
      else if (files + 1 > this.data.jobFiles || bytes + one.file.size > this.data.jobBytes) this.fail(one, this.texts.tooMany);
      else { files += 1; bytes += one.file.size; }
    }
  }

  line({ file, name }) {
    const row = document.createElement("li"), make = (tag, kind, text) => {
      const part = Object.assign(document.createElement(tag), { className: kind, textContent: text });
      row.append(part);
      return part;
    };
    make("span", "name", `${name}（${size(file.size)}）`);
    const state = make("span", "state", this.texts.waiting);
    this.part("list").append(row);
    return { file, name, row, state, is: "waiting" };
  }

  fail(one, why) {
    one.is = "bad";
    one.row.classList.add("bad");
    one.state.textContent = why;
  }

  async run() {
    const turn = this.turn;
    this.busy(true);
    this.part("retry").hidden = true;
    try {
      if (!this.job && this.queue.some(one => one.is === "waiting")) await this.begin(turn);
      for (const one of this.queue) if (one.is === "waiting") await this.send(one);
      await this.finish();
    } catch (trouble) {
      if (turn !== this.turn) return;
      if (trouble !== "broken") { this.say(trouble); return this.end(); }
      this.say(this.texts.broken);
      this.part("retry").hidden = false;
      this.part("retry").focus();
    }
  }

  async begin(turn) {
    const { job } = await this.post("/intake");
    if (turn === this.turn) { this.job = job; return; }
    this.giveUp(job);
    throw "cancelled";
  }

  giveUp(job) {
    fetch(`/intake/${job}/cancel`, { method: "POST", headers: this.headers(), keepalive: true }).catch(() => {});
  }

  async finish() {
    const good = this.queue.filter(one => one.is === "good").length, bad = this.queue.length - good;
    if (good) await this.post(`/intake/${this.job}/done`);
    const text = !good ? "none" : bad ? "partly" : "finished";
    const skipped = this.skipped ? `；${fill(this.texts.skipped, { n: this.skipped })}` : "";
    this.say(fill(this.texts[text], { n: good, bad }) + skipped);
    this.part("all").hidden = true;
    const job = this.job;
    if (!good && job) this.giveUp(job);
    this.end();
    if (good) this.tell("done", { job });
  }

  end() {
    this.job = this.request = null;
    this.busy(false);
  }

  cancel() {
    const { job, request } = this;
    this.turn += 1;
    this.end();
    this.part("run").hidden = false;
    request?.abort();
    if (job) this.giveUp(job);
    this.part("list").replaceChildren();
    for (const name of ["all", "retry"]) this.part(name).hidden = true;
    this.say(this.texts.cancelled);
    this.part("choose").focus();
  }

  headers() { return { "X-Intake-Token": this.data.token }; }

  async post(address) {
    let answer;
    try {
      answer = await fetch(address, { method: "POST", headers: this.headers() });
    } catch {
      throw "broken";
    }
    const said = await answer.json().catch(() => ({ error: { message: this.texts.failed } }));
    if (!answer.ok) throw said.error.message;
    return said;
  }

  /** Send one file; its own faults are its line's, a lost connection stops the row. */
  async send(one) {
    const place = this.queue.indexOf(one);
    this.say(fill(this.texts.uploading, { n: place + 1, all: this.queue.length }));
    one.row.scrollIntoView({ block: "nearest" });
    const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
    bar.setAttribute("aria-label", one.name);
    one.row.append(bar);
    try {
      const answer = await this.transfer(one, part => {
        bar.value = part;
        one.state.textContent = `${Math.floor(part * 100)}%`;
        this.part("all").value = (place + part) / this.queue.length;
      });
      if (answer.error) return this.fail(one, answer.error.message);
      one.is = "good";
      one.state.textContent = this.texts.uploaded;
    } catch (trouble) {
      if (trouble !== "broken" || await this.readable(one.file)) { one.state.textContent = this.texts.waiting; throw trouble; }
      this.fail(one, this.texts.unreadable);
    } finally {
      bar.remove();
    }
  }

  transfer(one, progress) {
    return new Promise((done, failed) => {
      const request = this.request = new XMLHttpRequest();
      request.open("PUT", `/intake/${this.job}?name=${encodeURIComponent(one.name)}`);
      request.setRequestHeader("X-Intake-Token", this.data.token);
      request.responseType = "json";
      request.upload.onprogress = event => event.lengthComputable && progress(event.loaded / event.total);
      request.onload = () => done(request.response ?? { error: { message: this.texts.failed } });
      request.onerror = () => failed("broken");
      request.onabort = () => failed("cancelled");
      request.send(one.file);
    });
  }

  async readable(file) {
    try {
      await file.slice(0, 1).arrayBuffer();
      return true;
    } catch {
      return false;
    }
  }
}
