// A rate limiter of a Node.js package before the stub: {limit}.
const http = require('http');
const crypto = require('crypto');
const [host, upstream] = '{upstream}'.split(':');
const agent = new http.Agent({ keepAlive: true });

function pass(request, response) {
  const relayed = http.request(
    { host, port: upstream, method: request.method, path: request.url, headers: request.headers, agent },
    (original) => {
      response.writeHead(original.statusCode, original.headers);
      original.pipe(response);
    });
  relayed.on('error', () => response.destroy());
  request.pipe(relayed);
}

function refusal() {
  const error = { Code: 'RequestLimitExceeded', Message: 'the limiter refuses' };
  return { Response: { Error: error, RequestId: crypto.randomUUID() } };
}

function refuse(response) {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(refusal()));
}

function consuming(limiter) {
  return (request, response) =>
    limiter.consume('all').then(() => pass(request, response), () => refuse(response));
}

const servers = {
  '@fastify/rate-limit': async (plugin) => {
    const app = require('fastify')();
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (request, body, done) => done(null));
    app.setErrorHandler((error, request, reply) => reply.code(200).send(refusal()));
    await app.register(plugin, { max: 20, timeWindow: 1000, keyGenerator: () => 'all' });
    app.all('*', (request, reply) => {
      reply.hijack();
      pass(request.raw, reply.raw);
    });
    await app.ready();
    return (request, response) => app.routing(request, response);
  },
  'express-rate-limit': ({ rateLimit }) => {
    const limiter = rateLimit({
      windowMs: 1000, limit: 20, legacyHeaders: false, validate: false, keyGenerator: () => 'all',
      handler: (request, response) => refuse(response) });
    return (request, response) => limiter(request, response, () => pass(request, response));
  },
  'rate-limiter-flexible': ({ RateLimiterMemory }) =>
    consuming(new RateLimiterMemory({ points: 20, duration: 1 })),
  'rate-limiter-flexible bursty': ({ RateLimiterMemory, BurstyRateLimiter }) =>
    consuming(new BurstyRateLimiter(
      new RateLimiterMemory({ points: 20, duration: 1, keyPrefix: 'second' }),
      new RateLimiterMemory({ points: 10, duration: 10, keyPrefix: 'burst' }))),
};

const limit = '{limit}';
Promise.resolve(servers[limit](require(limit.split(' ')[0]))).then((server) =>
  http.createServer({ keepAliveTimeout: 60_000 }, server).listen({port}, '127.0.0.1'));
