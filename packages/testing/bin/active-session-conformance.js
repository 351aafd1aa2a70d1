#!/usr/bin/env node
import { main } from '../dist/conformance.js';

process.exitCode = await main(process.argv.slice(2));
