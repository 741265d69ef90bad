/** What an operator's Prometheus is told of this node: counts since its start, never whose. */
import type { RotationVerdict } from '@rollcall/core/rotation';
import { type Registry as Collection, Counter, Gauge, Histogram } from 'prom-client';
import type { ActivityRecorder } from '../activity/activity-recorder.ts';
import type { Confirmation } from '../registry/announcements.ts';
import type { Registry } from '../registry/registry.ts';

export interface Metrics {
  /** A request was answered. */
  answered(status: number, milliseconds: number): void;
  /** A token was judged: by what the node remembers, or by the database. */
  judged(by: 'memory' | 'database', verdict: RotationVerdict): void;
  /** A change to sessions is known to every node. */
  confirmed(confirmation: Confirmation): void;
  /** In the text format of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
}

interface Watched {
  /** Of this node alone: two in one process have one each. */
  readonly collection: Collection;
  readonly registry: Pick<Registry, 'size'>;
  readonly activity: Pick<ActivityRecorder, 'waiting'>;
}

export function createMetrics({ collection, registry, activity }: Watched): Metrics {
  const registers = [collection];

  const requests = new Histogram({
    name: 'rollcall_request_duration_seconds',
    help: 'How long requests to the API took, by the first digit of their status',
    labelNames: ['status'],
    buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10],
    registers,
  });
  // Finding a series by its labels, and counting there, costs more than the judgement.
  const judged = { memory: new Map<RotationVerdict, number>(), database: new Map<RotationVerdict, number>() };
  void new Counter({
    name: 'rollcall_tokens_judged_total',
    help: 'Tokens that requests came with, by verdict, and by what decided',
    labelNames: ['by', 'verdict'],
    registers,
    collect() {
      this.reset();
      for (const [by, verdicts] of Object.entries(judged)) {
        for (const [verdict, count] of verdicts) this.inc({ by, verdict }, count);
      }
    },
  });
  const confirmations = new Histogram({
    name: 'rollcall_confirmation_duration_seconds',
    help: 'From the commit of a change to sessions until no node relied on what it had remembered',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2],
    registers,
  });
  const nodes = new Gauge({
    name: 'rollcall_confirming_nodes',
    help: 'The nodes that confirmed the latest change, this one included',
    registers,
  });
  watch('rollcall_remembered_sessions', 'Sessions that this node remembers', () => registry.size);
  watch('rollcall_waiting_activities', 'Sessions whose activity is not yet in the database', () => activity.waiting);

  // Finding a series by its labels costs ten times what counting does.
  const answeredWith = new Map<number, { observe(seconds: number): void }>();

  return {
    answered(status, milliseconds) {
      const digit = Math.floor(status / 100);
      const series = answeredWith.get(digit) ?? requests.labels(`${digit}xx`);
      answeredWith.set(digit, series);
      series.observe(milliseconds / 1000);
    },
    judged(by, verdict) {
      judged[by].set(verdict, (judged[by].get(verdict) ?? 0) + 1);
    },
    confirmed(confirmation) {
      confirmations.observe(confirmation.milliseconds / 1000);
      nodes.set(confirmation.nodes);
    },
    text: () => collection.metrics(),
    contentType: collection.contentType,
  };

  function watch(name: string, help: string, read: () => number): void {
    const collect = function (this: Gauge): void {
      this.set(read());
    };
    void new Gauge({ name, help, registers, collect });
  }
}
