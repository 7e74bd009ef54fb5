import { createReadStream } from "node:fs";
import http from "node:http";
import path from "node:path";
import { freePort } from "./processes.mjs";

/** Of the files that a browser takes only with it. */
const types = { ".svg": "image/svg+xml", ".png": "image/png" };

/**
 * Serves files on 127.0.0.1 to pages of any origin, as the place does from which VS Code for the Web takes extensions.
 *
 * @param folders by the first part of the address's path
 * @returns {Promise<{ origin: string, stop: () => Promise<void> }>}
 */
export async function startFileServer(folders) {
  const server = http.createServer((request, response) => {
    const [, name, ...rest] = path.posix
      .normalize(decodeURIComponent(new URL(request.url, "http://a").pathname))
      .split("/");
    const headers = {
      "access-control-allow-origin": "*",
      "access-control-allow-headers": "*",
      "cache-control": "no-store",
    };
    const notFound = () => response.writeHead(404, headers).end();
    if (request.method === "OPTIONS") return response.writeHead(204, headers).end();
    if (!(name in folders)) return notFound();
    const file = createReadStream(path.join(folders[name], ...rest));
    file.once("error", notFound);
    file.once("open", () => {
      const type = types[path.extname(file.path)];
      response.writeHead(200, { ...headers, ...(type && { "content-type": type }) });
      file.pipe(response);
    });
  });
  const port = await freePort();
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
