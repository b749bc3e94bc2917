/** Who mentioned a host, in words that can follow "from". */
import type {Host, HostSource} from '../model/host.ts';

/** `the command line, SSH config ~/.ssh/config`; empty for a host nobody mentioned. */
export function selectSourceWords(host: Host): string {
	return [...new Set(host.sources.map((source) => wordsOf(source, host.name)))].join(', ');
}

function wordsOf({kind, detail}: HostSource, name: string): string {
	switch (kind) {
		case 'command-line':
			return detail === '' || detail === name ? 'the command line' : `the command line (${detail})`;
		case 'config':
			return `config ${detail}`.trimEnd();
		case 'ssh-config':
			return `SSH config ${detail}`.trimEnd();
		case 'docker-context':
			return detail === 'DOCKER_HOST' ? detail : `Docker context ${detail}`.trimEnd();
		case 'local-engine':
			return detail === '' ? 'the engine of this machine' : `the engine of this machine (${detail})`;
		case 'demo':
			return 'the demo fleet';
	}
}
