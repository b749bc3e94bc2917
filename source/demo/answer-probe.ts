/** The far side of the probe: answers each request line with sections of raw text, until its input ends. */
import {createInterface} from 'node:readline';
import type {ServerChannel} from 'ssh2';
import {endMark, probeSections, sectionMark, type ProbeRequest} from '../model/probe-protocol.ts';
import type {DemoHost} from './demo-host.ts';
import {sectionText} from './host-texts.ts';

/** Speaks `model/probe-protocol.ts` on the channel; exits 0 at the end of its input, as `while read` does. */
export function answerProbe(channel: ServerChannel, host: DemoHost): void {
	const lines = createInterface({input: channel, crlfDelay: Infinity});
	lines.on('line', (line) => {
		if (channel.writable) channel.write(answerTo(line, host));
	});
	lines.on('close', () => {
		if (!channel.writable) return;
		channel.exit(0);
		channel.end();
	});
}

function answerTo(line: string, host: DemoHost): string {
	const [name = '', ...args] = line.split('\t');
	const sections = isProbeRequest(name) ? probeSections[name] : [];
	const texts = sections.map((section) => `${sectionMark}${section}\n${sectionText(host, section, args)}`);
	return `${texts.join('')}${endMark}${name}\n`;
}

function isProbeRequest(name: string): name is ProbeRequest {
	return Object.hasOwn(probeSections, name);
}
