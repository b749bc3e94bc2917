/**
 * `npm run bench`: every figure as a ratio taken in one run, because machines differ and ratios travel. Prints Markdown
 * for `test/bench/README.md`. `npm run bench -- first-picture` runs one part; `BENCH_HOSTS=50` makes it smaller.
 */
import {benchBastion} from './bastion.ts';
import {benchBlackHoles} from './black-holes.ts';
import {benchCycles} from './cycles.ts';
import {benchFirstPicture} from './first-picture.ts';
import {benchFlappingHour} from './flapping-hour.ts';
import {benchKernelLog} from './kernel-log.ts';
import {benchStartUp} from './start-up.ts';
import {benchSteadyState} from './steady-state.ts';

const size = Number(process.env['BENCH_HOSTS'] ?? 200);
const parts: Readonly<Record<string, () => Promise<string>>> = {
	'start-up': benchStartUp,
	'kernel-log': benchKernelLog,
	'first-picture': () => benchFirstPicture(size),
	'steady-state': () => benchSteadyState(size),
	bastion: () => benchBastion(Math.ceil(size / 2)),
	'black-holes': () => benchBlackHoles(size),
	cycles: benchCycles,
};
/** Too long to be part of everything. */
const byNameOnly: typeof parts = {'flapping-hour': () => benchFlappingHour(size)};

const chosen = process.argv.slice(2);
for (const [name, bench] of Object.entries({...parts, ...byNameOnly})) {
	if (chosen.includes(name) || (chosen.length === 0 && name in parts)) process.stdout.write(`${await bench()}\n`);
}
