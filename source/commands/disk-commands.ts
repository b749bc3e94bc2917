/** Commands of the disk tab: from one kind of what keeps the disk to the next. */
import type {Command, CommandContext} from './command.ts';

function jump({view, findDiskSections, countTabLines, dispatch}: CommandContext, direction: 1 | -1): void {
	const starts = findDiskSections();
	const {disk: top} = view.tabOffsets;
	const line = direction === 1 ? starts.find((start) => start > top) : starts.findLast((start) => start < top);
	if (line !== undefined) dispatch({kind: 'tab-jumped', line, lineCount: countTabLines()});
}

export const diskCommands: readonly Command[] = [
	{
		id: 'next-section',
		title: 'Go to the next kind of what keeps the disk',
		keys: [']'],
		scope: 'disk',
		group: 'Disk',
		footer: 'sections',
		footerKeys: '[ ]',
		run: (context) => jump(context, 1),
	},
	{
		id: 'previous-section',
		title: 'Go back to the kind before',
		keys: ['['],
		scope: 'disk',
		group: 'Disk',
		run: (context) => jump(context, -1),
	},
];
