import { closeSync, createWriteStream, fdatasync, openSync, readFileSync, type WriteStream } from "node:fs";
import { promisify } from "node:util";

const sync = promisify(fdatasync);

/**
 * What the crowd was promised, one JSON line each, on disk before the crowd acts on it. The recount reads the file: memory is
 * no witness.
 */
export class Acknowledgements<Line extends object> {
  private readonly file: string;
  private readonly descriptor: number;
  private readonly stream: WriteStream;
  private waiting: Promise<void> | undefined;

  constructor(file: string) {
    this.file = file;
    this.descriptor = openSync(file, "a");
    this.stream = createWriteStream("", { fd: this.descriptor, autoClose: false });
  }

  /** Resolves when the line is on disk; lines that come together are synced together. */
  async record(line: Line): Promise<void> {
    const written = new Promise<void>((resolve, reject) =>
      this.stream.write(`${JSON.stringify(line)}\n`, (error) => (error ? reject(error) : resolve())),
    );
    await written;
    this.waiting ??= this.syncAll();
    await this.waiting;
  }

  /** All lines, from the file. */
  read(): Line[] {
    const lines = readFileSync(this.file, "utf8").split("\n");
    return lines.filter((line) => line !== "").map((line) => JSON.parse(line));
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private async syncAll(): Promise<void> {
    // Whoever comes within this turn is in; later ones wait for the next sync.
    await new Promise((resolve) => setImmediate(resolve));
    this.waiting = undefined;
    await sync(this.descriptor);
  }
}
