/** The shape of `prune:` in `config.yaml`: what may go from all hosts, and from those of a group. Volumes are not in it. */
import {z} from 'zod';
import {parseAge} from '../support/parse-age.ts';
import {parsePercent} from '../support/parse-percent.ts';

const age = z.string().refine((text) => parseAge(text) !== null, 'an age is a number and its unit: 12h, 14d or 2w');

const wishes = {
	olderThan: age.optional().describe('Images built at least this long ago, such as 14d.'),
	unusedFor: age.optional().describe('Images whose last known use is at least this long ago, such as 30d.'),
	keep: z.int().min(0).max(9999).optional().describe('The newest so many images of each repository stay.'),
	dangling: z.boolean().optional().describe('Images without a name.'),
	buildCache: z.boolean().optional().describe('Build cache that no build uses.'),
	stopped: age.optional().describe('Containers that stopped at least this long ago, such as 7d.'),
	logs: z.boolean().optional().describe('Report large log files with advice.'),
	protect: z
		.array(z.string().min(1).max(300))
		.max(500)
		.optional()
		.describe(
			'What stays: names and repositories with "*" and "?", or label:KEY[=VALUE]. Adds to what else is protected.',
		),
	freeUntil: z
		.string()
		.refine((text) => parsePercent(text) !== null, 'a share is 1% to 100%')
		.optional()
		.describe("No more than it takes until the engine's file system is used this much, such as 70%."),
};

export const pruneSection = z
	.strictObject({
		...wishes,
		groups: z
			.record(z.string().min(1).max(100), z.strictObject(wishes))
			.optional()
			.describe('The same for the hosts of a group, by its name; a later group goes before an earlier one.'),
	})
	.describe('What "sickbay prune" selects where the command line selects nothing. Volumes are only ever named there.');

export type PruneSection = z.infer<typeof pruneSection>;
export type PruneGroup = Omit<PruneSection, 'groups'>;
