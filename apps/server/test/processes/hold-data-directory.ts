/** Opens the data directory that is its argument, says so, and keeps it until it is ended; or says why it cannot. */
import { openEmbedded } from '../../src/database/embedded/open-embedded.ts';

const [directory = ''] = process.argv.slice(2);
try {
  await openEmbedded({ directory });
  console.log(`open ${process.pid}`);
} catch (error) {
  console.log(error instanceof Error ? `${error.name}: ${error.message}` : 'unknown');
}
