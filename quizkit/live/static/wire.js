// The socket: says hello, comes back by itself, hands on whole snapshots, and never an older one than the last.

const FIRST_WAIT = 500;
const LONGEST_WAIT = 4000;
const QUIET = 15000;
const NO_RETURN = 1008;
const ELSEWHERE = 4001;

export class Wire extends EventTarget {
  // `hello` makes the first message of each connection, or null to wait until `say` is called.
  constructor(role, hello) {
    super();
    this.role = role;
    this.hello = hello;
    this.rev = -1;
    this.tries = 0;
    this.ready = false;
    this.closed = false;
    addEventListener("online", () => this.hurry());
    addEventListener("offline", () => this.drop());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.wake());
  }

  open() {
    this.closed = false;
    clearTimeout(this.timer);
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/ws/${this.role}`);
    this.socket = socket;
    this.rev = -1;
    socket.onopen = () => {
      this.heard = Date.now();
      const first = this.hello();
      if (first) socket.send(JSON.stringify(first));
      clearInterval(this.pulse);
      this.pulse = setInterval(() => this.beat(), QUIET / 3);
    };
    socket.onmessage = (event) => this.take(JSON.parse(event.data));
    socket.onclose = (event) => socket === this.socket && this.lost(event.code);
  }

  take(message) {
    this.heard = Date.now();
    if (message.type === "state") {
      if (message.rev < this.rev) return;
      this.rev = message.rev;
      this.tries = 0;
      if (!this.ready) {
        this.ready = true;
        this.tell("ready");
      }
    }
    this.tell(message.type, message);
  }

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  // Whether it went out. What matters is sent again by whoever said it, until it is acknowledged.
  say(message) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  beat() {
    if (Date.now() - this.heard > QUIET) this.drop();
    else this.say({ type: "ping" });
  }

  drop() {
    this.socket?.close();
    if (this.socket) this.lost(0);
  }

  lost(code) {
    this.socket = null;
    clearInterval(this.pulse);
    this.ready = false;
    if (this.closed) return;
    if (code === NO_RETURN || code === ELSEWHERE) {
      // Nobody comes back by themselves: they were sent out, or two pages would push each other out for ever.
      this.closed = true;
      this.tell(code === ELSEWHERE ? "elsewhere" : "refusal");
      return;
    }
    this.tell("lost", { code });
    const wait = Math.min(FIRST_WAIT * 2 ** this.tries, LONGEST_WAIT) * (0.7 + 0.6 * Math.random());
    this.tries += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(), wait);
  }

  hurry() {
    if (this.closed || this.ready) return;
    if (this.socket && this.socket.readyState <= WebSocket.OPEN) return;
    this.tries = 0;
    this.open();
  }

  // A phone that slept may hold a line that has long been dead.
  wake() {
    if (this.ready) this.beat();
    this.hurry();
  }

  leave() {
    this.closed = true;
    clearTimeout(this.timer);
    this.socket?.close();
  }
}
