/** What `ssh` asks when it runs its `SSH_ASKPASS`, told apart by its words (OpenSSH 7.4 to 10); pure. */

export type AskpassPrompt =
	| {readonly kind: 'passphrase'; readonly path: string}
	/** Of a smart card, token or security key. */
	| {readonly kind: 'pin'; readonly of: string}
	/** Something the far side wants to hear: its password prompt, or one of keyboard-interactive. */
	| {readonly kind: 'answer'; readonly user: string; readonly host: string; readonly text: string}
	| {readonly kind: 'touch'}
	/** Yes or no, and nothing that a person can decide here: an unknown host key, a key for the agent. */
	| {readonly kind: 'confirm'}
	/** The password has expired, and is to be changed. */
	| {readonly kind: 'change'}
	| {readonly kind: 'other'; readonly text: string};

/** `hint` is `SSH_ASKPASS_PROMPT`. */
export function parseAskpassPrompt(prompt: string, hint: string): AskpassPrompt {
	if (hint === 'none') return {kind: 'touch'};
	if (hint === 'confirm' || /continue connecting \(yes\/no|\(yes\/no\)/.test(prompt)) return {kind: 'confirm'};
	const path = /^Enter passphrase for (?:key )?'?(.*?)'?: ?$/.exec(prompt)?.[1];
	if (path !== undefined) return {kind: 'passphrase', path};
	const token = /^Enter PIN(?: for (.*?))?: ?$/.exec(prompt);
	if (token !== null) return {kind: 'pin', of: (token[1] ?? '').replace(/^'(.*)'$/, '$1')};
	if (/^(?:Enter|Retype) \S+@\S+'s (?:old|new) password: ?$/.test(prompt)) return {kind: 'change'};
	const [, passwordUser, passwordHost] = /^(\S+)@(\S+)'s password: ?$/.exec(prompt) ?? [];
	if (passwordUser !== undefined && passwordHost !== undefined) {
		return {kind: 'answer', user: passwordUser, host: passwordHost, text: 'Password: '};
	}
	const [, user, host, text] = /^\(([^@()]+)@([^()]+)\) ([^]*)$/.exec(prompt) ?? [];
	if (user !== undefined && host !== undefined && text !== undefined) return {kind: 'answer', user, host, text};
	return {kind: 'other', text: prompt};
}
