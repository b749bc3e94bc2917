/** Finds what an SSH configuration asks for that only the installed `ssh` can do (ssh_config(5)). */
import type {OpenSshNeeds} from '../../model/resolved-target.ts';
import type {SshSettings} from './parse-ssh-dump.ts';

/** Options that are off, in one of `ssh -G`'s ways to say so, on most machines. */
const options: readonly (readonly [keyword: string, name: string])[] = [
	['pkcs11provider', 'PKCS11Provider'],
	['knownhostscommand', 'KnownHostsCommand'],
	['bindaddress', 'BindAddress'],
	['bindinterface', 'BindInterface'],
	['proxyusefdpass', 'ProxyUseFdpass'],
	['verifyhostkeydns', 'VerifyHostKeyDNS'],
	['nohostauthenticationforlocalhost', 'NoHostAuthenticationForLocalhost'],
];

/** `unmet` names options already known to need it. Null where this program's own SSH will do. */
export function findOpenSshNeeds(settings: SshSettings, unmet: readonly string[]): OpenSshNeeds | null {
	const first = (keyword: string): string => settings.get(keyword)?.[0]?.toLowerCase() ?? '';
	const always = [...unmet, ...options.filter(([keyword]) => isOn(first(keyword))).map(([, name]) => name)];
	const methods: Record<string, string> = {};
	if (isOn(first('gssapiauthentication'))) {
		if (!allowsPublicKey(first)) always.push('GSSAPIAuthentication');
		methods['gssapi-with-mic'] = 'GSSAPIAuthentication';
	}
	if (isOn(first('gssapikeyexchange'))) methods['gssapi-keyex'] = 'GSSAPIKeyExchange';
	if (isOn(first('hostbasedauthentication'))) methods['hostbased'] = 'HostbasedAuthentication';
	const provider = first('securitykeyprovider');
	// A variable is what ssh falls back to when it has no support of its own built in.
	if (isOn(provider) && provider !== 'internal' && !provider.startsWith('$')) {
		methods['publickey'] = 'SecurityKeyProvider';
	}
	if (always.length === 0 && Object.keys(methods).length === 0) return null;
	return {always: always.length === 0 ? null : always.join(', '), methods};
}

function isOn(value: string): boolean {
	return !['', 'no', 'false', 'none', 'off', 'ask'].includes(value);
}

function allowsPublicKey(first: (keyword: string) => string): boolean {
	const preferred = first('preferredauthentications');
	if (preferred !== '' && !preferred.split(',').includes('publickey')) return false;
	return !['no', 'false'].includes(first('pubkeyauthentication'));
}
