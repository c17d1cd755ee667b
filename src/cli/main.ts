#!/usr/bin/env node
import { runToTheEnd } from "./ending.ts";

void runToTheEnd(process.argv.slice(2));
