// Preloaded with --require: the program believes that an older Node.js runs it.
Object.defineProperty(process, 'versions', {value: {...process.versions, node: process.env.PRETEND_NODE}});
