/** Somebody's page on another site, with a frame in it. */
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';

export interface Course {
  /** Of another site than the lab's: 127.0.0.1 and not localhost. */
  address: string;
  /** What stands on the page from now on. */
  show: (markup: string) => void;
  close: () => Promise<void>;
}

export async function startCourse(): Promise<Course> {
  let shown = '';
  const server = createServer((_request, response) => {
    response
      .writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
      .end(`<!doctype html><html lang="en"><title>A course</title><h1>Week 3</h1>${shown}</html>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    show(markup) {
      shown = markup;
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
