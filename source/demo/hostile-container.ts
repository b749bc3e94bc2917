/**
 * A container whose texts try to take over the screen of whoever looks at it. An engine refuses such a name, but takes
 * such labels and commands; a compromised host sends what it likes.
 */
import type {DemoContainer} from './demo-container.ts';
import type {Random} from './random.ts';

const escape = '\u001B';
const rightToLeft = '\u202E';

export const hostileName = `${escape}[2J${escape}[1;1H${escape}[31mowned${rightToLeft}txt.exe\r\nsecond line`;

export const hostileLabels: Readonly<Record<string, string>> = {
	'com.example.clear-screen': `${escape}[2J${escape}[H${escape}]0;owned\u0007`,
	'com.example.clipboard': `${escape}]52;c;cm0gLXJmIC8=\u0007`,
	'com.example.link': `${escape}]8;;http://example.com/\u0007click${escape}]8;;\u0007`,
	'com.example.reversed': `invoice${rightToLeft}fdp.exe`,
	'com.example.lines': 'first\nsecond\r\nthird\u2028fourth',
	'com.example.controls': '\u0000\u0008\u007F\u009B31m',
	'com.example.piled-up': `Z${'\u0351'.repeat(300)}algo`,
	'com.example.long': 'x'.repeat(10_000),
};

export function hostileContainer(random: Random, startedAt: number): DemoContainer {
	return {
		id: random.hex(64),
		name: hostileName,
		image: `registry.example.net/${escape}[5mtenant${escape}[0m/miner:latest`,
		imageId: `sha256:${random.hex(64)}`,
		command: `sh -c 'printf "${escape}[?1049l"' ${rightToLeft}`,
		labels: hostileLabels,
		port: null,
		createdAt: startedAt - 5400_000,
		state: 'running',
		health: null,
		changedAt: startedAt - 5400_000,
		exitCode: 0,
		restartCount: 0,
		loops: false,
	};
}
