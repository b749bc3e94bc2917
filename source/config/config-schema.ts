/** The shape of `config.yaml`: what may be written, what it means, and the JSON schema editors complete it with. */
import {z} from 'zod';
import {UserError} from '../model/user-error.ts';
import {sanitiseLine} from '../support/sanitise.ts';
import {checkUserName, parseDestination} from './parse-destination.ts';
import {parseHostExpression} from './parse-host-expression.ts';
import {pruneSection} from './prune-schema.ts';
import {signatureList} from './signature-schema.ts';

const undrawable = 'it holds control or invisible characters';

const groupName = z
	.string()
	.regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/, 'a group is named with letters, digits, "-", "_" and "."')
	.max(100);

const hostExpression = z
	.string()
	.superRefine(reportUserErrors((text: string) => parseHostExpression(text)))
	.describe(
		'Where the host is: user@web-01:2222, an alias of the SSH configuration, ssh://user@host:port, a range such as web-[01-40], or "local" for the engine of this machine.',
	);

const sudoPolicy = z.enum(['auto', 'never']);

const sshTransport = z.enum(['auto', 'ssh2', 'openssh']);

const hostEntry = z
	.strictObject({
		host: hostExpression,
		name: z
			.string()
			.min(1)
			.max(100)
			.refine(isDrawable, undrawable)
			.optional()
			.describe('What the board calls the host, instead of its address. Not with a range.'),
		user: z
			.string()
			.superRefine(reportUserErrors((user: string) => checkUserName(user, user)))
			.optional()
			.describe('Account to log in with; the SSH configuration decides when it is not given.'),
		port: z
			.int()
			.min(1)
			.max(65_535)
			.optional()
			.describe('Port of the SSH server; the SSH configuration decides when it is not given.'),
		identityFile: z
			.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(20)])
			.optional()
			.describe(
				'Private key file or files, tried before those of the SSH configuration. "~" is the home directory; a relative path starts at the folder of this file.',
			),
		labels: z
			.record(
				z.string().min(1).max(100),
				z.union([z.string().max(200).refine(isDrawable, undrawable), z.number(), z.boolean()]),
			)
			.refine((labels) => Object.keys(labels).every(isDrawable), undrawable)
			.optional()
			.describe('Facts about the host, such as env: prod; shown in the host view.'),
		groups: z
			.array(groupName)
			.max(100)
			.optional()
			.describe('Groups the host belongs to: "sickbay @web" shows those of the group web.'),
		engineSocket: z
			.string()
			.startsWith('/', 'the path of a socket begins with "/"')
			.refine(isDrawable, undrawable)
			.optional()
			.describe("Path of the engine's socket on the host, when it is not where Docker and Podman put it."),
		transport: sshTransport
			.optional()
			.describe('What carries the connection to this host; see transport under ssh, which it overrules.'),
		sudo: sudoPolicy
			.optional()
			.describe('"never" keeps "sudo -n" from being tried on this host to read what the account cannot.'),
	})
	.superRefine(refuseContradictions);

export const configFileSchema = z
	.strictObject({
		hosts: z
			.array(z.union([hostExpression, hostEntry]))
			.max(10_000)
			.optional()
			.describe('The hosts to watch, besides those the other sources know.'),
		sources: z
			.strictObject({
				sshConfig: z
					.boolean()
					.optional()
					.describe('Take the hosts of the SSH configuration that are named in full (default: true).'),
				dockerContexts: z
					.boolean()
					.optional()
					.describe('Take the hosts of Docker contexts and DOCKER_HOST with ssh:// addresses (default: true).'),
				localEngine: z.boolean().optional().describe('Take the engine of this machine, if it has one (default: true).'),
			})
			.optional()
			.describe('Where hosts come from when none are given on the command line.'),
		exclude: z
			.array(z.string().min(1).max(255))
			.max(1000)
			.optional()
			.describe('Names or addresses never shown unless typed on the command line; "*" and "?" match any characters.'),
		sudo: sudoPolicy
			.optional()
			.describe(
				'"auto" (default) tries "sudo -n" where the account cannot read the kernel log or the engine; "never" does not.',
			),
		ssh: z
			.strictObject({
				configFile: z
					.string()
					.min(1)
					.optional()
					.describe('SSH configuration to use instead of ~/.ssh/config, as "ssh -F"; "none" for none.'),
				transport: sshTransport
					.optional()
					.describe(
						'What carries connections: "ssh2", which is built in and light; "openssh", the installed ssh with a control master; "auto" (default) takes the latter only where the former cannot do what a host or its configuration needs.',
					),
			})
			.optional()
			.describe('How SSH is set up.'),
		signatures: signatureList.optional(),
		prune: pruneSection.optional(),
		readOnly: z
			.boolean()
			.optional()
			.describe('Take away every command that changes a host, here and on the command line (default: false).'),
		ui: z
			.strictObject({
				ascii: z.boolean().optional().describe('Draw with plain ASCII characters (default: false).'),
			})
			.optional()
			.describe('How the screen looks.'),
	})
	.describe('Configuration of Sickbay: ~/.config/sickbay/config.yaml');

export type ConfigFile = z.infer<typeof configFileSchema>;
export type HostEntry = Exclude<NonNullable<ConfigFile['hosts']>[number], string>;

/** JSON schema (draft 7, which YAML language servers read) of the configuration file. */
export function formatConfigJsonSchema(): string {
	const schema = z.toJSONSchema(configFileSchema, {target: 'draft-7', io: 'input'});
	return `${JSON.stringify({title: 'Sickbay configuration', ...schema}, null, 2)}\n`;
}

/** True when the text can be shown as it is. */
function isDrawable(text: string): boolean {
	return sanitiseLine(text, text.length + 1) === text;
}

/** What one word may contradict in another of the same entry. */
function refuseContradictions(entry: z.infer<typeof hostEntry>, context: z.RefinementCtx): void {
	const complain = (key: keyof typeof entry, message: string): void => {
		context.addIssue({code: 'custom', path: [key], message});
	};
	if (entry.host === 'local') {
		for (const key of ['user', 'port', 'identityFile', 'transport'] as const) {
			if (entry[key] !== undefined) complain(key, 'the local engine is not reached over SSH');
		}
		return;
	}
	const destination = parseDestination(entry.host);
	for (const key of ['user', 'port', 'engineSocket'] as const) {
		if (entry[key] !== undefined && destination[key] !== undefined) complain(key, 'host already says so');
	}
	if (entry.name !== undefined && parseHostExpression(entry.host).targets.length > 1) {
		complain('name', 'one name cannot be given to the hosts of a range');
	}
}

/** Turns the `UserError` of a parser into an issue at the place where the text stands. */
function reportUserErrors(parse: (text: string) => unknown): (text: string, context: z.RefinementCtx) => void {
	return (text, context) => {
		try {
			parse(text);
		} catch (error) {
			if (!(error instanceof UserError)) throw error;
			context.addIssue({code: 'custom', message: error.message, params: {hint: error.hint}});
		}
	};
}
