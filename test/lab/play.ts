/**
 * `npm run lab [-- SIZE]`: brings up a few lab hosts with running containers, prints the command line that looks at
 * them, and makes them sick and well again on demand until Ctrl+C.
 */
import {createInterface} from 'node:readline';
import {runContainer} from './lab-engine.ts';
import {faults, type FaultName} from './lab-faults.ts';
import {removeRun, startLab, type Lab} from './lab.ts';
import {explainWhatIsMissing} from './requirements.ts';

async function main(): Promise<void> {
	const missing = explainWhatIsMissing();
	if (missing !== null) {
		say(missing);
		process.exitCode = 1;
		return;
	}
	const size = Number(process.argv[2] ?? 4);
	if (!Number.isInteger(size) || size < 1 || size > 30) {
		say(`a lab has 1 to 30 hosts, not ${process.argv[2]}`);
		process.exitCode = 64;
		return;
	}
	say(`Starting ${size} hosts…`);
	const lab = await startLab(size);
	for (const host of lab.hosts) await Promise.all(['web', 'cache'].map((name) => runContainer(host, name)));
	say(formatWelcome(lab));
	await takeOrders(lab);
	say('Removing the lab…');
	await removeRun(lab.directory);
}

function formatWelcome(lab: Lab): string {
	const names = lab.hosts.map((host) => host.name);
	const width = Math.max(...Object.keys(faults).map((name) => name.length));
	const first = names[0] ?? '';
	return [
		'',
		'In another terminal:',
		`  node_modules/.bin/node dist/cli.js -F ${lab.sshConfig} ${names.join(' ')}`,
		`  ssh -F ${lab.sshConfig} ${first}`,
		`Other ways in: ${['operator', 'deputy', 'guest', 'wrong-key', 'unknown-key'].map((way) => `${first}-${way}`).join(', ')}`,
		'',
		`Here: FAULT HOST makes a host sick (black-hole ${first}), heal FAULT HOST makes it well, Ctrl+C ends the lab.`,
		...Object.entries(faults).map(([name, {description}]) => `  ${name.padEnd(width)}  ${description}`),
	].join('\n');
}

/** Carries out the lines typed, one after the other, until the end of input, SIGINT or SIGTERM. */
async function takeOrders(lab: Lab): Promise<void> {
	const lines = createInterface({input: process.stdin});
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => lines.close());
	for await (const line of lines) {
		if (line.trim() !== '') say(await carryOut(lab, line.trim().split(/\s+/)));
	}
}

async function carryOut(lab: Lab, words: readonly string[]): Promise<string> {
	const heal = words[0] === 'heal';
	const [faultName, hostName] = heal ? words.slice(1) : words;
	const host = lab.hosts.find(({name}) => name === hostName);
	if (faultName === undefined || !isFault(faultName)) return `no such fault: ${faultName ?? ''}`;
	if (host === undefined) return `no such host: ${hostName ?? ''}`;
	try {
		await (heal ? faults[faultName].lift(host) : faults[faultName].inflict(host));
		return `${host.name}: ${heal ? 'healed' : faults[faultName].description}`;
	} catch (error) {
		return `${host.name}: ${error instanceof Error ? error.message : String(error)}`;
	}
}

function isFault(name: string): name is FaultName {
	return Object.hasOwn(faults, name);
}

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}

await main();
