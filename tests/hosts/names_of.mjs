// Prints what a page calls conversations: address of names.js, then pairs of connector and id as JSON.
const [module, pairs] = process.argv.slice(2);
const { serverId } = await import(module);
console.log(JSON.stringify(await Promise.all(JSON.parse(pairs).map(([connector, id]) => serverId(connector, id)))));
