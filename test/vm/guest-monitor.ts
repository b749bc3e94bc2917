/** qemu's monitor of one guest: the buttons a machine has whose kernel no longer answers. */
import {connect} from 'node:net';

/** One command to the monitor behind a Unix socket; resolves when the monitor is ready for the next one. */
export async function pressButton(socketPath: string, command: 'system_reset' | 'quit'): Promise<void> {
	const prompt = '(qemu) ';
	await new Promise<void>((resolve, reject) => {
		const socket = connect(socketPath);
		let prompts = 0;
		let seen = '';
		socket.setTimeout(10_000, () => socket.destroy(new Error(`qemu's monitor does not answer to ${command}`)));
		socket.setEncoding('utf8');
		socket.on('error', reject);
		// After `quit` the socket closes instead of another prompt.
		socket.on('close', () => resolve());
		socket.on('data', (text: string) => {
			seen += text;
			while (seen.includes(prompt)) {
				seen = seen.slice(seen.indexOf(prompt) + prompt.length);
				prompts++;
				if (prompts === 1) socket.write(`${command}\n`);
				else socket.end();
			}
		});
	});
}
