/** A program that shares its token with others: for each line that it reads it asks ten times at once who it is, and prints the answers. */
import { createInterface } from 'node:readline';
import { fileTokenStore } from '../src/file-token-store.ts';
import { createRollcall } from '../src/index.ts';

const [baseUrl = '', path = ''] = process.argv.slice(2);
const rollcall = createRollcall({ baseUrl, tokens: fileTokenStore(path) });

for await (const _ of createInterface({ input: process.stdin })) {
  const answers = await Promise.allSettled(Array.from({ length: 10 }, () => rollcall.whoAmI()));
  const said = answers.map((answer) =>
    answer.status === 'fulfilled' ? answer.value.user.email : String(answer.reason),
  );
  console.log(JSON.stringify(said));
}
