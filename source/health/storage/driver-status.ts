/** Looks a line up in what the engine prints of its storage driver. */
import type {EngineInfo} from '../../model/readings.ts';

export type DriverStatus = Pick<EngineInfo, 'driverStatus'>;

/** Null where the engine does not print that line, or prints nothing after it. */
export function statusOf({driverStatus}: DriverStatus, wanted: string): string | null {
	return driverStatus.find(([key]) => key.trim() === wanted)?.[1] || null;
}
