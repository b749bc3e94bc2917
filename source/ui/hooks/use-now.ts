/** The time, renewed once a second, so that ages on the screen grow while nothing else happens. */
import {useEffect, useState} from 'react';
import type {Clock} from '../../support/clock.ts';

/** Milliseconds since the epoch; ticks just after each full second of the wall clock. */
export function useNow(clock: Clock): number {
	const [now, setNow] = useState(() => clock.now());
	useEffect(() => {
		let cancel = (): void => undefined;
		const tick = (): void => {
			setNow(clock.now());
			cancel = clock.schedule(1000 - (clock.now() % 1000), tick);
		};
		cancel = clock.schedule(1000 - (clock.now() % 1000), tick);
		return () => cancel();
	}, [clock]);
	return now;
}
