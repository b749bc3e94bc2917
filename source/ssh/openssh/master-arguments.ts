/** The arguments of the `ssh` that holds a connection, and the shell around it that ends it together with Sickbay. */
import type {SshTarget} from '../../model/host.ts';

export type MasterRequest = {
	readonly target: SshTarget;
	/** As `ssh -F`; absent for the usual files. */
	readonly configFile: string | undefined;
	readonly controlPath: string;
	/** Null when the configuration sets it. */
	readonly connectTimeoutMs: number | null;
	readonly keepaliveIntervalMs: number;
	readonly keepaliveCountMax: number;
	/** Methods to log in with, where not all are wanted. */
	readonly methods: readonly string[] | null;
	/** Takes the place of the way the configuration has; null for that one. */
	readonly proxyCommand: string | null;
	/** False where there is nobody to answer a question. */
	readonly mayAsk: boolean;
};

/**
 * What the configuration says of the way to the host holds; what it says of sessions (forwarding, terminals, commands,
 * masters of its own) does not. `-v` makes ssh tell how far it got and what the host offered.
 */
export function masterArguments(request: MasterRequest): readonly string[] {
	const {target, configFile, controlPath, connectTimeoutMs, methods} = request;
	const options = [
		// Given first, it wins over ProxyJump, too.
		...(request.proxyCommand === null ? [] : [`ProxyCommand=${request.proxyCommand}`]),
		`BatchMode=${request.mayAsk ? 'no' : 'yes'}`,
		'ControlMaster=yes',
		'ControlPersist=no',
		'ClearAllForwardings=yes',
		'ForwardAgent=no',
		'ForwardX11=no',
		'Tunnel=no',
		'RequestTTY=no',
		'RemoteCommand=none',
		'PermitLocalCommand=no',
		'UpdateHostKeys=no',
		`ServerAliveInterval=${seconds(request.keepaliveIntervalMs)}`,
		`ServerAliveCountMax=${request.keepaliveCountMax}`,
		...(connectTimeoutMs === null ? [] : [`ConnectTimeout=${seconds(connectTimeoutMs)}`]),
		...(methods === null ? [] : [`PreferredAuthentications=${methods.join(',')}`]),
	];
	return [
		'-v',
		'-M',
		'-N',
		'-S',
		// `%` starts a token there.
		controlPath.replaceAll('%', '%%'),
		...(configFile === undefined ? [] : ['-F', configFile]),
		...(target.port === undefined ? [] : ['-p', String(target.port)]),
		...(target.user === undefined ? [] : ['-l', target.user]),
		...(target.identityFiles ?? []).flatMap((file) => ['-i', file]),
		...options.flatMap((option) => ['-o', option]),
		'--',
		target.destination,
	];
}

function seconds(milliseconds: number): number {
	return Math.max(1, Math.ceil(milliseconds / 1000));
}

/**
 * `sh -c` this, with a folder and a command: runs the command until it ends, or until standard input does, which is
 * what happens however Sickbay ends; then removes the folder and the sockets in it. A background job of `sh` has no
 * standard input, hence the third descriptor.
 */
export const lifelineScript = `
folder=$1; shift
exec 3<&0 </dev/null
"$@" 3<&- & command=$!
(read -r _ <&3; kill "$command") >/dev/null 2>&1 & lifeline=$!
exec 3<&-
wait "$command"; code=$?
kill "$lifeline" 2>/dev/null
rm -f -- "$folder"/*; rmdir -- "$folder"
exit "$code"
`;
