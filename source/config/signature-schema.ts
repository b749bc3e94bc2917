/** The shape of `signatures:` in `config.yaml`: failures only this user's hosts know. */
import {z} from 'zod';
import {incidentSeverities, kernelCategories} from '../model/kernel-incident.ts';
import {sanitiseLine} from '../support/sanitise.ts';

const shortText = (longest: number) =>
	z.string().min(1).max(longest).refine(isDrawable, 'it holds control or invisible characters');

const pattern = shortText(500).superRefine((text, context) => {
	try {
		RegExp(text);
	} catch (error) {
		const reason = error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : '';
		context.addIssue({code: 'custom', message: `not a regular expression: ${sanitiseLine(reason, 200)}`});
	}
});

const signatureEntry = z.strictObject({
	id: z
		.string()
		.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'an id is made of small letters, digits and "-"')
		.max(60)
		.describe('Names the finding, such as raid-battery; not one of the built-in ids.'),
	severity: z.enum(incidentSeverities).describe('panic: the host stopped; info: only the kernel tab shows it.'),
	category: z.enum(kernelCategories).optional().describe('What kind of trouble it is (default: kernel).'),
	pattern: pattern.describe(
		'JavaScript regular expression, without slashes. A named group (?<subject>...) tells incidents of one kind apart; others may stand in the title as {name}.',
	),
	unless: pattern.optional().describe('Lines that also match this are something else.'),
	identifiers: z
		.array(shortText(60))
		.min(1)
		.max(20)
		.optional()
		.describe("Programs whose lines count, by the name the log gives them; the kernel's own lines when not given."),
	title: shortText(120).describe('One line for the board, such as "RAID battery of {subject} is flat".'),
	meaning: shortText(500).describe('What it means, for somebody who never saw it.'),
	advice: shortText(500).describe('What to do, in one line.'),
});

export const signatureList = z
	.array(signatureEntry)
	.max(200)
	.superRefine((entries, context) => {
		const ids = entries.map(({id}) => id);
		for (const [index, id] of ids.entries()) {
			if (ids.indexOf(id) === index) continue;
			context.addIssue({code: 'custom', path: [index, 'id'], message: `${id} is the id of an entry above, too`});
		}
	})
	.describe('Failure signatures of your own for kernel and engine logs; they go before the built-in ones.');

export type SignatureEntry = z.infer<typeof signatureEntry>;

function isDrawable(text: string): boolean {
	return sanitiseLine(text, text.length + 1) === text;
}
