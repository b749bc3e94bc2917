/** Which ways to log in an SSH configuration allows, in which order, and how often it lets a person be asked. */
import type {ResolvedTarget} from '../../model/resolved-target.ts';
import type {SshSettings} from './parse-ssh-dump.ts';

/** The ways this program knows, in ssh's own order (ssh_config(5), PreferredAuthentications), and what turns each off. */
const switches: readonly (readonly [method: string, keyword: string])[] = [
	['publickey', 'pubkeyauthentication'],
	['keyboard-interactive', 'kbdinteractiveauthentication'],
	['password', 'passwordauthentication'],
];

/** `ssh -G` says yes as `yes` or `true`; `PubkeyAuthentication` has further words that all mean yes. */
export function mapAuthentication(
	settings: SshSettings,
	toPath: (text: string) => string,
): Pick<ResolvedTarget, 'authenticationMethods' | 'passwordPrompts' | 'certificateFiles'> {
	const first = (keyword: string): string => settings.get(keyword)?.[0]?.toLowerCase() ?? '';
	const allowed = switches.flatMap(([method, keyword]) => (['no', 'false'].includes(first(keyword)) ? [] : [method]));
	const preferred = first('preferredauthentications');
	const methods = preferred === '' ? allowed : preferred.split(',').filter((method) => allowed.includes(method));
	const isBatch = ['yes', 'true'].includes(first('batchmode'));
	const prompts = Number(first('numberofpasswordprompts') || 3);
	const certificates = (settings.get('certificatefile') ?? []).filter((file) => file.toLowerCase() !== 'none');
	const passwordPrompts = isBatch || !Number.isInteger(prompts) ? 0 : Math.min(10, prompts);
	const isUsual = methods.join() === switches.map(([method]) => method).join();
	return {
		...(isUsual ? {} : {authenticationMethods: methods}),
		...(passwordPrompts === 3 ? {} : {passwordPrompts}),
		...(certificates.length === 0 ? {} : {certificateFiles: certificates.map(toPath)}),
	};
}
