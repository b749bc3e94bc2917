import {render} from 'ink-testing-library';
import {describe, expect, test} from 'vitest';
import {span, type Line} from '../../source/ui/line.ts';
import {LinesView, ThemeContext} from '../../source/ui/lines-view.tsx';
import {createTheme} from '../../source/ui/theme.ts';

const plain = createTheme({colour: false, ascii: false});

function draw(lines: readonly Line[], columns: number, rows: number): readonly string[] {
	const {lastFrame, unmount} = render(
		<ThemeContext value={plain}>
			<LinesView lines={lines} columns={columns} rows={rows} />
		</ThemeContext>,
	);
	const frame = lastFrame() ?? '';
	unmount();
	return frame.split('\n');
}

describe('the lines of the screen', () => {
	test('are as many as the screen has rows, however few there is to say', () => {
		expect(draw([[span('one')], [], [span('three')]], 20, 6).map((line) => line.trimEnd())).toEqual([
			'one',
			'',
			'three',
			'',
			'',
			'',
		]);
	});

	test('never run below the screen', () => {
		const many = Array.from({length: 50}, (_, index): Line => [span(`line ${index}`)]);
		expect(draw(many, 20, 3)).toEqual(['line 0', 'line 1', 'line 2']);
	});

	test('are cut at the edge instead of wrapped, even in the middle of a wide character', () => {
		const [first, second] = draw([[span('容器'.repeat(20))], [span('next')]], 9, 2);
		expect(first).toBe('容器容器…');
		expect(second).toBe('next');
	});

	test('keep the order of their parts', () => {
		expect(draw([[span('a ', 'critical'), span('b '), span('c', 'dim')]], 20, 1)).toEqual(['a b c']);
	});
});
