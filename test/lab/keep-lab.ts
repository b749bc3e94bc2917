/** Waits until the owner of a lab run is gone, which ends this process's standard input, and removes the run. */
import {text} from 'node:stream/consumers';
import {removeRun} from './lab.ts';

const directory = process.argv[2];
// Ctrl+C in the owner's terminal is the owner's business; this process outlives it to clean up.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
await text(process.stdin);
if (directory) await removeRun(directory);
