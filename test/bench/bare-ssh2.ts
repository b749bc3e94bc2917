/**
 * The least a program on ssh2 can do: connect to all hosts of `DIRECTORY/ssh_config` and run one command on each.
 * `node bare-ssh2.ts DIRECTORY` prints how many answered.
 */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {parse} from 'ssh-config';
import ssh2 from 'ssh2';

const [directory = '.'] = process.argv.slice(2);
const blocks = parse(readFileSync(path.join(directory, 'ssh_config'), 'utf8'));
const names = readFileSync(path.join(directory, 'hosts'), 'utf8').trim().split('\n');

function uname(name: string): Promise<string> {
	const options = blocks.compute(name) as Record<string, string | string[]>;
	return new Promise((resolve, reject) => {
		const client = new ssh2.Client();
		client.on('error', reject);
		client.on('ready', () => {
			client.exec('uname -a', (error, channel) => {
				if (error) return reject(error);
				let text = '';
				channel.on('data', (chunk: Buffer) => (text += String(chunk)));
				channel.on('close', () => {
					client.end();
					resolve(text);
				});
			});
		});
		client.connect({
			host: String(options['HostName']),
			port: Number(options['Port']),
			username: String(options['User']),
			privateKey: readFileSync(String(options['IdentityFile'])),
			hostVerifier: () => true,
			readyTimeout: 60_000,
		});
	});
}

const answers = await Promise.all(names.map(uname));
process.stdout.write(`${answers.filter((answer) => answer.startsWith('Linux')).length} of ${names.length}\n`);
