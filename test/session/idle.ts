/** Lets everything run that can run without time passing: promises, streams, and what they set off. */
export async function idle(): Promise<void> {
	for (let turn = 0; turn < 20; turn++) {
		await new Promise((resolve) => {
			setImmediate(resolve);
		});
	}
}
