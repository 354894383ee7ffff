import { benchBootstrap } from './bootstrap.js';
import { benchPredict } from './predict.js';
import { benchThroughput } from './throughput.js';
import { benchUnderLoad } from './underLoad.js';

await benchBootstrap();
await benchPredict();
await benchThroughput();
await benchUnderLoad();
