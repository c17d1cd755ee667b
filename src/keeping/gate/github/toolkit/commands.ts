export { error, notice, setOutput, summary } from "@actions/core";
