/** Prints `N passed, N failed` over the named result files of vitest's JSON reporter, and fails when anything did not pass. */
import {readFileSync} from 'node:fs';

type Results = {readonly numPassedTests: number; readonly numFailedTests: number; readonly numPendingTests: number};

const results = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')) as Results);
const sum = (key: keyof Results): number => results.reduce((total, result) => total + result[key], 0);

const passed = sum('numPassedTests');
const failed = sum('numFailedTests');
const skipped = sum('numPendingTests');
process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
if (passed === 0 || failed > 0 || skipped > 0) process.exitCode = 1;
