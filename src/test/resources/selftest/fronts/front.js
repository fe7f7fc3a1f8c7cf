// Node.js before the stub: chunked responses on connections that are closed.
const http = require('http');
const [host, upstream] = '{upstream}'.split(':');

http.createServer((request, response) => {
  const relayed = http.request(
    { host, port: upstream, method: request.method, path: request.url, headers: request.headers },
    (original) => {
      const { 'content-length': length, ...headers } = original.headers;
      response.writeHead(original.statusCode, { ...headers, connection: 'close' });
      original.pipe(response);
    });
  relayed.on('error', () => response.destroy());
  request.pipe(relayed);
}).listen({port}, '127.0.0.1');
