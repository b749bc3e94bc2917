/** Starts a guest, prints the process number of its machine, and does nothing more: what a test run is that gets stuck. */
import {prepareImage} from './guest-image.ts';
import {startGuest} from './guest.ts';

const guest = await startGuest(await prepareImage(), {name: 'sb-vm-held'});
process.stdout.write(`${guest.pid} ${guest.directory}\n`);
process.stdin.resume();
