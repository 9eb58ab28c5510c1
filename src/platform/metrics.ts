// What an operator's Prometheus reads at `/metrics`: how long requests and timers take, and what waits. Routes by their
// pattern, never by the address that was asked: no id, name or number of anybody gets in.
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = {
  /** Counts every answer of the app, by method, route and status. */
  watch(app: FastifyInstance): void;
  /** The same work, with its duration kept under the timer's name; failures count too. */
  timed<T>(timer: string, work: () => Promise<T>): () => Promise<T>;
  contentType: string;
  text(): Promise<string>;
};

/** Asked at each reading; a number each. What can't be asked just now is no number (NaN), never a comforting zero. */
export type Measures = Record<string, { help: string; measure(): Promise<number> }>;

const requestSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const timerSeconds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30];

export function makeMetrics(measures: Measures): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'guanjia_http_request_seconds',
    help: 'Time from a request to the end of its answer',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: requestSeconds,
    registers,
  });
  const timers = new Histogram({
    name: 'guanjia_timer_seconds',
    help: 'Time of one round of a timer: sweep (clocks), seal (audit and feed), send (outbox), post (mail, WeCom, webhooks), housekeep',
    labelNames: ['timer', 'outcome'] as const,
    buckets: timerSeconds,
    registers,
  });
  for (const [name, { help, measure }] of Object.entries(measures))
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        this.set(await measure().catch(() => Number.NaN));
      },
    });
  const began = new WeakMap<object, number>();
  return {
    watch(app) {
      app.addHook('onRequest', async (request) => {
        began.set(request, performance.now());
      });
      app.addHook('onResponse', async (request, reply) => {
        const seconds = (performance.now() - (began.get(request) ?? performance.now())) / 1000;
        const route = request.is404 ? 'none' : (request.routeOptions.url ?? 'none');
        requests.observe({ method: request.method, route, status: reply.statusCode }, seconds);
      });
    },
    timed: (timer, work) => async () => {
      const end = timers.startTimer({ timer });
      try {
        const done = await work();
        end({ outcome: 'done' });
        return done;
      } catch (fault) {
        end({ outcome: 'failed' });
        throw fault;
      }
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
