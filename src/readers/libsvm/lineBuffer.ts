/** Lines out of pieces of a file, wherever the pieces end. */

/** Whoever reads the lines; the bytes are lent. */
interface LineTaker {
  take(bytes: Uint8Array, from: number, to: number): void;
}

const LINE_FEED = 10;
const RETURN = 13;

/** The start of a line whose end is not there yet. */
export class LineBuffer {
  length = 0;
  private bytes = new Uint8Array(4096);
  /** Whether the last piece ended in CR, of which a LF may be the other half. */
  private afterReturn = false;

  private keep(bytes: Uint8Array): void {
    const wanted = this.length + bytes.length;
    if (wanted > this.bytes.length) {
      const larger = new Uint8Array(Math.max(wanted, 2 * this.bytes.length));
      larger.set(this.bytes.subarray(0, this.length));
      this.bytes = larger;
    }
    this.bytes.set(bytes, this.length);
    this.length = wanted;
  }

  /** Hands every line on whose end is there, and keeps what is left. CR alone and CR LF end a line as LF does. */
  push(piece: Uint8Array, taker: LineTaker): void {
    let from = 0;
    if (this.afterReturn && piece.length > 0) {
      this.afterReturn = false;
      if (piece[0] === LINE_FEED) from = 1;
    }
    for (let end = from; end < piece.length; end++) {
      if (piece[end] !== LINE_FEED && piece[end] !== RETURN) continue;
      if (this.length > 0) {
        this.keep(piece.subarray(from, end));
        this.finish(taker);
      } else {
        taker.take(piece, from, end);
      }
      if (piece[end] === RETURN) {
        if (piece[end + 1] === LINE_FEED) end++;
        else if (end + 1 === piece.length) this.afterReturn = true;
      }
      from = end + 1;
    }
    this.keep(piece.subarray(from));
  }

  finish(taker: LineTaker): void {
    taker.take(this.bytes, 0, this.length);
    this.length = 0;
  }
}
