/** What the board says of a sale (`LiveSale` in the API). */
export interface Live {
  state: string;
  remaining: number;
  quantity: number;
  items: { sku: string; remaining: number; quantity: number }[];
  serving: number | null;
  server_time: string;
}

const PING_MS = 30_000;
const RETRY_MIN_MS = 1_000;
/** Where sockets cannot be opened, this is how often the page asks instead. */
const RETRY_MAX_MS = 5_000;
const OVER = 1_000;

/** Hears of a sale until it is over: by socket, and by asking each time when there is none. */
export function watch(saleId: string, tell: (live: Live) => void): void {
  const path = `/api/v1/flash-sales/${saleId}/live`;
  let wait = RETRY_MIN_MS;
  const ask = async () => {
    const answer = await fetch(path);
    if (answer.ok) tell(await answer.json());
  };
  const open = () => {
    const socket = new WebSocket(new URL(path, location.href.replace(/^http/, "ws")));
    const ping = setInterval(() => socket.readyState === WebSocket.OPEN && socket.send("ping"), PING_MS);
    socket.onmessage = ({ data }) => {
      wait = RETRY_MIN_MS;
      if (data !== "pong") tell(JSON.parse(data));
    };
    socket.onclose = ({ code }) => {
      clearInterval(ping);
      if (code === OVER) return;
      void ask().catch(() => undefined);
      setTimeout(open, wait * (0.5 + Math.random() / 2));
      wait = Math.min(wait * 2, RETRY_MAX_MS);
    };
  };
  open();
}
