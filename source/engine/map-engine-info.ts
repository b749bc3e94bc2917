/** Joins `GET /version` and `GET /info` into what is known about an engine. */
import type {EngineInfo} from '../model/readings.ts';
import {sanitiseLine} from '../support/sanitise.ts';
import {EngineFault} from './engine-fault.ts';
import {asArray, asObject, asText, type JsonObject} from './json-shape.ts';

/** Rejects, as an `EngineFault`, answers that name neither a version nor a storage driver. */
export function mapEngineInfo(versionAnswer: unknown, infoAnswer: unknown, via: string): EngineInfo {
	const version = asObject(versionAnswer);
	const info = asObject(infoAnswer);
	const versionText = asText(version['Version'], 80) || asText(info['ServerVersion'], 80);
	const driver = asText(info['Driver'], 80);
	if (versionText === '' || driver === '') throw new EngineFault('malformed', 'the engine does not describe itself');
	return {
		product: mapProduct(version),
		version: versionText,
		apiVersion: asText(version['ApiVersion'], 20),
		driver,
		driverStatus: mapDriverStatus(info['DriverStatus']),
		rootDir: asText(info['DockerRootDir'], 500),
		warnings: asArray(info['Warnings'])
			.slice(0, 20)
			.map((warning) => asText(warning, 300)),
		cgroupVersion: asText(info['CgroupVersion'], 10) || null,
		liveRestore: typeof info['LiveRestoreEnabled'] === 'boolean' ? info['LiveRestoreEnabled'] : null,
		swarmState: asText(asObject(info['Swarm'])['LocalNodeState'], 30) || null,
		via: sanitiseLine(via, 300),
	};
}

/** Docker lists its `Engine` among the components since 18.09; before that only `ApiVersion` tells it from others. */
function mapProduct(version: JsonObject): EngineInfo['product'] {
	const components = asArray(version['Components']).map((component) => asText(asObject(component)['Name'], 80));
	if (components.includes('Podman Engine')) return 'podman';
	if (components.includes('Engine')) return 'docker';
	return components.length === 0 && asText(version['GitCommit'], 80) !== '' ? 'docker' : 'other';
}

function mapDriverStatus(rows: unknown): EngineInfo['driverStatus'] {
	return asArray(rows)
		.slice(0, 100)
		.map((row) => {
			const [key, value] = asArray(row);
			return [asText(key, 100), asText(value, 300)] as const;
		});
}
