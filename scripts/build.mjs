// npm run build: the web apps and the server, what is out of date (`--force`: all).
import { build, checkNode, install } from './steps.mjs';

checkNode();
install();
await build({ force: process.argv.includes('--force') });
