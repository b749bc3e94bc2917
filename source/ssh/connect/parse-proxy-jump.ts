/** Splits `ProxyJump` into its hops, nearest first: `user@host:port`, `[address]:port` and `ssh://` forms. */
import type {SshTarget} from '../../model/host.ts';

/** Null when a hop cannot be read. */
export function parseProxyJump(text: string): readonly SshTarget[] | null {
	const hops: SshTarget[] = [];
	for (const part of text.split(',')) {
		const match =
			/^(?:ssh:\/\/)?(?:(?<user>.+)@)?(?:\[(?<address>[^\]]+)\]|(?<name>[^:@[\]/]+))(?::(?<port>\d+))?\/?$/.exec(
				part.trim(),
			);
		const {user, address, name, port} = match?.groups ?? {};
		const destination = address ?? name ?? (/^[\da-f:]+$/i.test(part.trim()) ? part.trim() : undefined);
		if (destination === undefined) return null;
		hops.push({
			kind: 'ssh',
			destination,
			...(user === undefined ? {} : {user}),
			...(port === undefined ? {} : {port: Number(port)}),
		});
	}
	return hops;
}
