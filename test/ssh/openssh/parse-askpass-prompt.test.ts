/** The questions of OpenSSH 9.2p1 as its askpass got them (recorded), and those of older ones from their sources. */
import {expect, test} from 'vitest';
import {parseAskpassPrompt} from '../../../source/ssh/openssh/parse-askpass-prompt.ts';

test.each([
	["Enter passphrase for key '/home/ann/.ssh/id_ed25519': ", {kind: 'passphrase', path: '/home/ann/.ssh/id_ed25519'}],
	["Enter passphrase for key '/home/ann/it's mine': ", {kind: 'passphrase', path: "/home/ann/it's mine"}],
	["ann@web-07's password: ", {kind: 'answer', user: 'ann', host: 'web-07', text: 'Password: '}],
	['(ann@web-07) Password: ', {kind: 'answer', user: 'ann', host: 'web-07', text: 'Password: '}],
	['(ann@web-07) Verification code: ', {kind: 'answer', user: 'ann', host: 'web-07', text: 'Verification code: '}],
	["Enter PIN for 'lab token': ", {kind: 'pin', of: 'lab token'}],
	['Enter PIN for ED25519-SK key /home/ann/.ssh/id_sk: ', {kind: 'pin', of: 'ED25519-SK key /home/ann/.ssh/id_sk'}],
	["Enter ann@web-07's old password: ", {kind: 'change'}],
	["Retype ann@web-07's new password: ", {kind: 'change'}],
	[
		"The authenticity of host 'web-07 (10.0.0.7)' can't be established.\nAre you sure you want to continue connecting (yes/no/[fingerprint])? ",
		{kind: 'confirm'},
	],
	['Verification code: ', {kind: 'other', text: 'Verification code: '}],
])('%s', (prompt, expected) => {
	expect(parseAskpassPrompt(prompt, '')).toEqual(expected);
});

test('a notice that stays while the program runs is a touch, and a yes-or-no is nobody’s to say', () => {
	expect(parseAskpassPrompt('Confirm user presence for key ED25519-SK SHA256:abc', 'none')).toEqual({kind: 'touch'});
	expect(parseAskpassPrompt('Add key /home/ann/.ssh/id to agent?', 'confirm')).toEqual({kind: 'confirm'});
});

test('a host that asks in the words of ssh is marked as the host, so that it gets no passphrase', () => {
	const forged = "(ann@web-07) Enter passphrase for key '/home/ann/.ssh/id_ed25519': ";
	expect(parseAskpassPrompt(forged, '')).toMatchObject({kind: 'answer', host: 'web-07'});
});
