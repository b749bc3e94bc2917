/** A Kerberos realm of one machine: a real key distribution centre on loopback, a host in it, and a person's ticket. */
import {spawn, type ChildProcess} from 'node:child_process';
import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {execa} from 'execa';
import {findPort} from '../loopback-sshd.ts';
import {waitFor} from '../wait-for.ts';

export type Realm = {
	/** For whoever logs in: leads to the realm and to the ticket. */
	readonly env: Readonly<Record<string, string>>;
	/** For sshd: leads to the realm and to the key of the host. */
	readonly hostEnv: Readonly<Record<string, string>>;
	readonly process: ChildProcess;
};

const name = 'SICKBAY.TEST';
const password = 'a ticket, please';

/** `user` gets a ticket; the host is known as `host/127.0.0.1`. */
export async function startRealm(parent: string, user: string): Promise<Realm> {
	const folder = path.join(parent, 'realm');
	await mkdir(folder);
	const at = (file: string): string => path.join(folder, file);
	const port = await findPort();
	await writeFile(at('krb5.conf'), formatClientProfile(port));
	await writeFile(at('kdc.conf'), formatServerProfile(port, at));
	const realm = {KRB5_CONFIG: at('krb5.conf'), KRB5_KDC_PROFILE: at('kdc.conf')};
	const env = {PATH: `/usr/sbin:/usr/bin:/sbin:/bin`, ...realm, KRB5CCNAME: `FILE:${at('tickets')}`};
	const run = async (program: string, args: readonly string[], input = ''): Promise<string> =>
		(await execa(program, args, {env, extendEnv: false, input})).stdout;
	await run('kdb5_util', ['create', '-s', '-r', name, '-P', password]);
	const kadmin = (query: string): Promise<string> => run('kadmin.local', ['-r', name, '-q', query]);
	await kadmin(`addprinc -pw "${password}" ${user}@${name}`);
	await kadmin(`addprinc -randkey host/127.0.0.1@${name}`);
	await kadmin(`ktadd -k ${at('keytab')} host/127.0.0.1@${name}`);
	const child = spawn('/usr/sbin/krb5kdc', ['-n', '-r', name], {env, stdio: 'ignore'});
	try {
		await waitFor('a ticket', 10_000, () => run('kinit', [`${user}@${name}`], `${password}\n`).then(() => true));
	} catch (error) {
		child.kill('SIGKILL');
		throw error;
	}
	return {
		process: child,
		env: {KRB5_CONFIG: realm.KRB5_CONFIG, KRB5CCNAME: env.KRB5CCNAME},
		hostEnv: {KRB5_CONFIG: realm.KRB5_CONFIG, KRB5_KTNAME: `FILE:${at('keytab')}`},
	};
}

/** Names are taken as they are: no name server is asked. */
function formatClientProfile(port: number): string {
	return `[libdefaults]
  default_realm = ${name}
  dns_lookup_kdc = false
  dns_lookup_realm = false
  dns_canonicalize_hostname = false
  rdns = false
  udp_preference_limit = 1
[realms]
  ${name} = {
    kdc = 127.0.0.1:${port}
  }
[domain_realm]
  127.0.0.1 = ${name}
`;
}

function formatServerProfile(port: number, at: (file: string) => string): string {
	return `[kdcdefaults]
  kdc_listen = 127.0.0.1:${port}
  kdc_tcp_listen = 127.0.0.1:${port}
[realms]
  ${name} = {
    database_name = ${at('principal')}
    key_stash_file = ${at('stash')}
    acl_file = ${at('acl')}
  }
`;
}
