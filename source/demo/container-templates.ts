/** What runs on a host of each role: names, images and commands as found on real hosts. */
import type {DemoRole} from './host-plan.ts';

export type ContainerTemplate = {
	readonly name: string;
	readonly image: string;
	readonly command: string;
	readonly port?: number;
	readonly checked?: boolean;
};

const shop = 'registry.example.net/shop';

const exporters: readonly ContainerTemplate[] = [
	{
		name: 'node-exporter',
		image: 'prom/node-exporter:v1.9.1',
		command: '/bin/node_exporter --path.rootfs=/host',
		port: 9100,
	},
	{
		name: 'promtail',
		image: 'grafana/promtail:3.4.2',
		command: '/usr/bin/promtail -config.file=/etc/promtail/config.yml',
	},
];

export const containerTemplates: Readonly<Record<DemoRole, readonly [ContainerTemplate, ...ContainerTemplate[]]>> = {
	web: [
		{name: 'edge', image: 'traefik:v3.4', command: '/entrypoint.sh traefik', port: 443},
		{name: 'storefront', image: `${shop}/storefront:2025.11.3`, command: 'node server.js', port: 3000, checked: true},
		{
			name: 'checkout',
			image: `${shop}/checkout:1.42.0`,
			command: 'java -jar /app/checkout.jar',
			port: 8080,
			checked: true,
		},
		{name: 'search', image: `${shop}/search:0.19.4`, command: '/app/search --listen :9000', checked: true},
		{name: 'sessions', image: 'redis:7.4-alpine', command: 'docker-entrypoint.sh redis-server', port: 6379},
		...exporters,
		{name: 'mailer', image: `${shop}/mailer:3.1.7`, command: 'bundle exec sidekiq -c 5'},
	],
	ci: [
		{name: 'gitlab-runner', image: 'gitlab/gitlab-runner:v17.11.0', command: '/usr/bin/dumb-init /entrypoint run'},
		{name: 'dind', image: 'docker:28.3-dind', command: 'dockerd-entrypoint.sh'},
		{name: 'runner-8fzx-project-214-concurrent-0', image: 'node:22-bookworm', command: "sh -c 'npm ci && npm test'"},
		{name: 'runner-8fzx-project-88-concurrent-1', image: 'golang:1.24', command: "sh -c 'go test ./...'"},
		{
			name: 'runner-8fzx-project-371-concurrent-2',
			image: 'maven:3.9-eclipse-temurin-21',
			command: "sh -c 'mvn -B verify'",
		},
		...exporters,
	],
	db: [
		{name: 'postgres', image: 'postgres:17.5', command: 'docker-entrypoint.sh postgres', port: 5432, checked: true},
		{name: 'pgbouncer', image: 'edoburu/pgbouncer:v1.24.1', command: '/entrypoint.sh /usr/bin/pgbouncer', port: 6432},
		{
			name: 'postgres-exporter',
			image: 'prometheuscommunity/postgres-exporter:v0.17.1',
			command: '/bin/postgres_exporter',
		},
		...exporters,
	],
	batch: [
		{name: 'scheduler', image: `${shop}/scheduler:5.0.2`, command: 'python -m scheduler', checked: true},
		{name: 'invoices', image: `${shop}/invoices:5.0.2`, command: 'python -m worker invoices'},
		{name: 'thumbnails', image: `${shop}/thumbnails:2.8.0`, command: '/app/thumbnails --queue images'},
		...exporters,
	],
	cache: [
		{name: 'redis', image: 'redis:7.4-alpine', command: 'docker-entrypoint.sh redis-server', port: 6379, checked: true},
		{name: 'memcached', image: 'memcached:1.6-alpine', command: 'docker-entrypoint.sh memcached -m 1024', port: 11_211},
		...exporters,
	],
	storage: [
		{
			name: 'minio',
			image: 'minio/minio:RELEASE.2021-02-14T04-01-33Z',
			command: '/usr/bin/minio server /data',
			port: 9000,
		},
		{name: 'nfs-ganesha', image: 'registry.example.net/ops/ganesha:2.8', command: '/start.sh', port: 2049},
		{name: 'rsyncd', image: 'registry.example.net/ops/rsyncd:3', command: 'rsync --daemon --no-detach', port: 873},
		...exporters,
	],
	registry: [
		{name: 'registry', image: 'registry:2', command: '/entrypoint.sh /etc/docker/registry/config.yml', port: 5000},
		{name: 'registry-ui', image: 'joxit/docker-registry-ui:2.5.7', command: '/docker-entrypoint.sh nginx', port: 8080},
		{name: 'edge', image: 'traefik:v3.4', command: '/entrypoint.sh traefik', port: 443},
		...exporters,
	],
};
