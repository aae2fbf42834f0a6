// Starts `agentlint server` and hands it the files that it reads; everything else is the server's.
"use strict";

const { commands, window, workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

// What the server watches, whatever VS Code takes the language of a file to be: that of an instruction file may
// be `markdown`, `instructions`, `prompt` or `chatagent`, and a file may have none.
const PATTERNS = [
  "**/*.{md,mdc,mdx,markdown,txt,yaml,yml,toml,json,jsonc,jsonl,ndjson,py,ipynb,env,dockerfile,containerfile}",
  "**/.*",
  "**/env",
  "**/env[._-]*",
  "**/*.env.*",
  "**/{Dockerfile,dockerfile,Containerfile,containerfile}*",
];

let client;

async function start() {
  const command = workspace.getConfiguration("agentlint").get("path") || "agentlint";
  client = new LanguageClient(
    "agentlint",
    "agentlint",
    { command, args: ["server"] },
    { documentSelector: PATTERNS.map((pattern) => ({ scheme: "file", pattern })) },
  );
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    window.showErrorMessage(
      `agentlint: \`${command} server\` does not start. Install it with ` +
        `pip install 'agentlint-gateway[lsp]', or set agentlint.path. (${error.message ?? error})`,
    );
  }
}

async function restart() {
  await deactivate();
  await start();
}

async function activate(context) {
  context.subscriptions.push(
    commands.registerCommand("agentlint.restart", restart),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("agentlint.path")) return restart();
    }),
  );
  await start();
}

async function deactivate() {
  const running = client;
  client = undefined;
  await running?.stop();
}

module.exports = { activate, deactivate };
