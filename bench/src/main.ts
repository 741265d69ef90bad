/** `pnpm bench`: prints every figure beside a baseline of the same run. */
import { measureCore } from './core.ts';
import { type Measurement, ratioOf } from './measurement.ts';
import { measureRequests } from './requests.ts';
import { measureStartUp } from './start-up.ts';

const round = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

const measurements: Measurement[] = [];
for (const measure of [measureCore, measureStartUp, measureRequests]) measurements.push(...(await measure()));

console.log('| what | figure | against | baseline | ratio |');
console.log('| --- | ---: | --- | ---: | ---: |');
for (const measurement of measurements) console.log(`| ${columnsOf(measurement).join(' | ')} |`);

function columnsOf(measurement: Measurement): string[] {
  const { name, figure, baseline, baselineName, unit } = measurement;
  return [
    name,
    `${round.format(figure)} ${unit}`,
    baselineName,
    `${round.format(baseline)} ${unit}`,
    round.format(ratioOf(measurement)),
  ];
}
